import { writeFile } from 'node:fs/promises';
import { milliseconds } from '../harness/measureRounds';
import { median, percentile } from '../harness/statistics';
import { takeTurns, timeRow } from '../harness/takeTurns';
import { Progress, Row } from '../harness/types';
import { HelmRuns } from './HelmRuns';
import { NAMESPACE, RealCluster } from './RealCluster';

const VALUES = 'replicaCount: 2\n';
const CANCEL_GOAL_MS = 2_000;

export interface RunSizes {
  installs: number;
  previews: number;
  cancels: number;
}

/** Measures runs of helm through the relay, and without it. */
export async function measureRuns(
  cluster: RealCluster,
  runs: HelmRuns,
  { installs, previews, cancels }: RunSizes,
  progress: Progress,
): Promise<Row[]> {
  let count = 0;
  const next = () => {
    count += 1;
    return `timed-${count}`;
  };
  const [direct, relayed] = await takeTurns(
    [
      () =>
        timeOf(() =>
          cluster.helm('install', next(), 'web-0.1.0.tgz', '-n', NAMESPACE),
        ),
      () => timeOf(() => runs.install(next())),
    ],
    { rounds: installs, progress: round => progress(`install, ${round}`) },
  );
  await writeFile(cluster.path('values.yaml'), VALUES);
  const [simulated, previewed] = await takeTurns(
    [
      () =>
        timeOf(() =>
          cluster.helm(
            ...['upgrade', 'timed-1', 'web-0.1.0.tgz', '-n', NAMESPACE],
            ...['--dry-run=server', '--values=values.yaml', '--output=json'],
          ),
        ),
      () => timeOf(() => runs.previewUpgrade('timed-1', VALUES)),
    ],
    { rounds: previews, progress: round => progress(`preview, ${round}`) },
  );
  const cancelled: number[] = [];
  for (let turn = 1; turn <= cancels; turn += 1) {
    progress(`cancel, ${turn} of ${cancels}`);
    cancelled.push(await timeOfCancel(cluster, runs, `cancelled-${turn}`));
  }
  const p99 = percentile(cancelled, 0.99);
  return [
    timeRow('install: helm', direct),
    timeRow('install: through the relay', relayed, {
      ...{ times: direct, most: 1.5, of: 'helm', p95: true },
    }),
    timeRow('preview: helm upgrade --dry-run=server', simulated),
    timeRow('preview: of an upgrade, with rights and changes', previewed, {
      ...{ times: simulated, most: 1.5, of: 'helm' },
    }),
    {
      what: 'cancel: until the release is marked as failed',
      median: milliseconds(median(cancelled)),
      p99: milliseconds(p99),
      goal: { text: 'p99 ≤ 2 s', met: p99 <= CANCEL_GOAL_MS },
    },
  ];
}

async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

/** Cancels an installation that waits for its hook. */
async function timeOfCancel(
  cluster: RealCluster,
  runs: HelmRuns,
  release: string,
): Promise<number> {
  const end = new AbortController();
  let began = 0;
  const { ended } = await runs.run({
    command: { kind: 'install', namespace: NAMESPACE, release },
    chart: runs.waitingChart,
    signal: end.signal,
    onLine: ({ source, text }) => {
      if (source === 'portal' && /job/i.test(text)) {
        began = performance.now();
        end.abort();
      }
    },
  });
  const time = performance.now() - began;
  const [{ status }] = JSON.parse(
    await cluster.helm('history', release, '-n', NAMESPACE, '--output=json'),
  );
  if (ended !== 'cancelled' || status !== 'failed') {
    throw new Error(`The cancelled release ${release} is ${status}`);
  }
  return time;
}
