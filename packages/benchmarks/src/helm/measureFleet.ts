import { takeTurns, timeRow } from '../harness/takeTurns';
import { Progress, Row } from '../harness/types';
import { ServiceProcess } from '../process/ServiceProcess';
import type { FakeClusters } from './fakeClusters';
import type { HelmPortal } from './portal';
import { ReadOptions, readReleases } from './readReleases';

/** The index of no cluster. */
const NONE = -1;

export interface FleetSizes {
  fleetClusters: number;
  fleetNamespaces: number;
  /** Of each namespace. */
  fleetReleases: number;
  fleetRounds: number;
}

/** Measures the list over many clusters, before and after one of them stops answering. */
export async function measureFleet(
  { fleetClusters, fleetNamespaces, fleetReleases, fleetRounds }: FleetSizes,
  progress: Progress,
): Promise<Row[]> {
  const clusters = ServiceProcess.start<FakeClusters>('helm/fakeClusters.ts');
  const portal = ServiceProcess.start<HelmPortal>('helm/portal.ts', [
    '--expose-gc',
  ]);
  const namespaces = Array.from(
    { length: fleetNamespaces },
    (_, index) => `team-${index}`,
  );
  const releases = fleetNamespaces * fleetReleases;
  try {
    const url = await portal.call('start', {
      ...(await clusters.call('start', {
        clusters: fleetClusters,
        namespaces,
        releases: fleetReleases,
      })),
      namespaces,
    });
    const read = async (frozen: number, options?: ReadOptions) => {
      await clusters.call('freeze', frozen);
      const found = await readReleases(url, options);
      const answering = frozen === NONE ? fleetClusters : fleetClusters - 1;
      if (found.releases !== answering * releases) {
        throw new Error(`${found.releases} releases arrived`);
      }
      return found;
    };
    const last = fleetClusters - 1;
    // Who waits for the failure finds the connections to all other clusters closed afterwards.
    const [before, after] = await takeTurns(
      [() => read(NONE), () => read(last, { clusters: last })],
      {
        rounds: fleetRounds,
        progress: round => progress(`${fleetClusters} clusters, ${round}`),
      },
    );
    const { all: failure } = await read(last);
    const what = `list, ${fleetClusters} clusters × ${fleetNamespaces} namespaces`;
    const times = before.map(({ good }) => good);
    return [
      timeRow(`${what}: all answer`, times),
      timeRow(
        `${what}: one does not answer, all others`,
        after.map(({ good }) => good),
        { times, most: 1.2, of: 'all answer' },
      ),
      timeRow(`${what}: one does not answer, its failure`, [failure]),
    ];
  } finally {
    await Promise.all([clusters, portal].map(one => one.stop()));
  }
}
