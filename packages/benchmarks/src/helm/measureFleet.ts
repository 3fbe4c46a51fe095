import { median, ratio } from '../harness/statistics';
import { timeRow } from '../harness/takeTurns';
import { Progress, Row } from '../harness/types';
import { ServiceProcess } from '../process/ServiceProcess';
import type { FakeClusters } from './fakeClusters';
import type { HelmPortal } from './portal';
import { readReleases } from './readReleases';

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
    const read = async (expected: number) => {
      const found = await readReleases(url);
      if (found.releases !== expected * releases) {
        throw new Error(
          `${found.releases} releases arrived in place of ${
            expected * releases
          }`,
        );
      }
      return found;
    };
    const rounds = async (expected: number) => {
      const taken = [];
      for (let round = 0; round <= fleetRounds; round += 1) {
        progress(`${expected} clusters, round ${round} of ${fleetRounds}`);
        taken.push(await read(expected));
      }
      return taken.slice(1);
    };
    const before = await rounds(fleetClusters);
    await clusters.call('freeze', fleetClusters - 1);
    const after = await rounds(fleetClusters - 1);
    const what = `list, ${fleetClusters} clusters × ${fleetNamespaces} namespaces`;
    const all = before.map(({ all: time }) => time);
    const good = after.map(({ good: time }) => time);
    return [
      timeRow(`${what}: all answer`, all),
      {
        ...timeRow(`${what}: one does not answer, all others`, good),
        ratio: ratio(good, all),
        goal: {
          text: '≤ 1.2 × all answer',
          met: ratio(good, all) <= 1.2,
        },
      },
      timeRow(`${what}: one does not answer, its failure`, [
        median(after.map(({ all: time }) => time)),
      ]),
    ];
  } finally {
    await Promise.all([clusters, portal].map(one => one.stop()));
  }
}
