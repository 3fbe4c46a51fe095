import { ControlPlane } from '@berth/control-plane';
import { milliseconds } from '../harness/measureRounds';
import { median, percentile } from '../harness/statistics';
import { Bench, BenchResult, Row } from '../harness/types';
import { measureRevocations, RevocationsTaken } from './measureRevocations';

const GOAL_MS = 2_000;

/** `npm run bench -- revoke`. */
export const revoke: Bench = {
  name: 'revoke',
  summary:
    'How long it takes from unsharing a cluster until the binding is deleted there, while thousands of other writes to it are queued.',
  sizes: { namespaces: 1_000, revocations: 100, idle: 20 },
  run: async (progress, sizes) => {
    const controlPlane = await ControlPlane.start();
    try {
      return resultOf(await measureRevocations(controlPlane, sizes, progress));
    } finally {
      await controlPlane.stop();
    }
  },
};

function resultOf({
  idle,
  busy,
  replaced,
  bare,
  leastQueued,
  writes,
  database,
}: RevocationsTaken): BenchResult {
  const row = (what: string, times: number[]): Row => ({
    what,
    median: milliseconds(median(times)),
    p99: milliseconds(percentile(times, 0.99)),
  });
  return {
    rows: [
      row('bare deletion, while Berth writes', bare),
      row('unshare, nothing queued', idle),
      row('writes queued, until it is in the database', replaced),
      {
        ...row('unshare, writes queued', busy),
        ratio: median(bare) / median(busy),
        goal: {
          text: 'p99 ≤ 2 s',
          met: percentile(busy, 0.99) <= GOAL_MS,
        },
      },
    ],
    notes: [
      `${writes.toLocaleString('en-US')} writes were queued at the first of ${
        busy.length
      } revocations, ${leastQueued.toLocaleString(
        'en-US',
      )} still at the last. An unshare begins with the call that replaces the shares in the database (${database}), and ends when a watch of the cluster's bindings reports the deletion. In turns with each, a bare call to the same API server deletes a binding that does not belong to Berth. The API server is kube-apiserver ${ControlPlane.version()} with etcd and the controller manager.`,
    ],
  };
}
