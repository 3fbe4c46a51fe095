import { milliseconds } from '../harness/measureRounds';
import { median, percentile } from '../harness/statistics';
import { Bench, BenchResult, Row } from '../harness/types';
import { FleetTaken, HEAP_MB, measureFleet } from './measureFleet';

const MB = 1024 * 1024;
const MAX_RESIDENT_MB = 600;
const MAX_IDLE_CPU = 0.05;
const MAX_MEDIAN_MS = 500;
const MAX_P99_MS = 2_000;
/** The greatest change of the p99 while clusters are frozen that meets the goal. */
const MAX_MOVE = 0.1;

/** `npm run bench -- fleet`. */
export const fleet: Bench = {
  name: 'fleet',
  summary:
    'The memory and CPU that Berth needs to follow a hundred clusters with half a million objects, and how fast it repairs what others change on them, also while ten clusters do not answer.',
  sizes: { clusters: 100, namespaces: 1_000, drifts: 200, idle: 30 },
  run: async (progress, sizes) => resultOf(await measureFleet(sizes, progress)),
};

function resultOf(taken: FleetTaken): BenchResult {
  const { bare, before, idle, idleCpu, repairs, repairsWhileFrozen } = taken;
  const times = (what: string, samples: number[]): Row => ({
    what,
    median: milliseconds(median(samples)),
    p99: milliseconds(percentile(samples, 0.99)),
  });
  const resident = median(taken.resident) / MB;
  const [p99, p99Beside] = [repairs, repairsWhileFrozen].map(samples =>
    percentile(samples, 0.99),
  );
  const moved = p99Beside / p99 - 1;
  return {
    rows: [
      {
        what: 'resident memory without clusters',
        median: megabytes(before.resident / MB),
      },
      {
        what: 'resident memory at rest',
        median: megabytes(resident),
        goal: { text: '≤ 600 MB', met: resident <= MAX_RESIDENT_MB },
      },
      { what: 'most resident memory', median: megabytes(idle.peak / MB) },
      {
        what: 'CPU at rest, of one core',
        median: `${(idleCpu * 100).toFixed(1)} %`,
        goal: { text: '≤ 5 %', met: idleCpu <= MAX_IDLE_CPU },
      },
      {
        what: 'writes at rest',
        median: `${idle.writes}`,
        goal: { text: '0', met: idle.writes === 0 },
      },
      times('repair by a bare client', bare),
      {
        ...times('repair by Berth', repairs),
        ratio: median(bare) / median(repairs),
        goal: {
          text: 'p50 ≤ 0.5 s, p99 ≤ 2 s',
          met: median(repairs) <= MAX_MEDIAN_MS && p99 <= MAX_P99_MS,
        },
      },
      {
        ...times(`repair, ${taken.frozen} clusters frozen`, repairsWhileFrozen),
        goal: {
          text: `p99 changes < 10 %: ${(moved * 100).toFixed(0)} %`,
          met: moved < MAX_MOVE,
        },
      },
    ],
    notes: [
      `${
        taken.clusters
      } sandbox clusters in three processes of their own, ${taken.objects.toLocaleString(
        'en-US',
      )} objects that Berth observes, as if it had created them long ago: they are in the clusters, the registry and the inventory (${
        taken.database
      }) before Berth starts. Berth is the reconciler as the backend creates it, in its own process with a heap of at most ${HEAP_MB} MB, without the rest of the backend; it was ready after ${Math.round(
        taken.started,
      )} s, and then rested for ${taken.idleSeconds} s.`,
      `A drift is a binding or a quota of a random namespace that another client deletes or alters over HTTP. It is repaired when a watch reports the desired state again. Drifts come one after the other with random pauses. The baseline is a bare client with a watch of one binding, which it applies again as soon as it is notified of a change. Frozen clusters are stopped processes: they accept connections and do not answer. Half of the ${repairs.length} drifts with all clusters come before that, half after.`,
    ],
  };
}

function megabytes(amount: number): string {
  return `${Math.round(amount)} MB`;
}
