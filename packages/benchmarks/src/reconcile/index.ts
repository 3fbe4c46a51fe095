import { ControlPlane } from '@berth/control-plane';
import { seconds } from '../harness/measureRounds';
import { median, ratio } from '../harness/statistics';
import { Bench } from '../harness/types';
import { BenchCluster } from '../portal/Portal';
import { measureBare, PARALLELISM } from './measureBare';
import { BerthTaken, measureBerth } from './measureBerth';

const OBJECTS = 6;

/** `npm run bench -- reconcile`. */
export const reconcile: Bench = {
  name: 'reconcile',
  summary:
    'How long Berth takes to create namespaces with 3 grants, a quota and a limit range each on a real control plane, compared with a bare HTTP client that makes the same calls.',
  sizes: { namespaces: 1_000, rounds: 2 },
  run: async (progress, { namespaces, rounds }) => {
    const bare: number[] = [];
    const berth: BerthTaken[] = [];
    for (let round = 1; round <= rounds; round += 1) {
      const turns = [
        async () => {
          progress(`round ${round} of ${rounds}: bare`);
          bare.push(await fresh(cluster => measureBare(cluster, namespaces)));
        },
        async () => {
          progress(`round ${round} of ${rounds}: Berth`);
          berth.push(await fresh(cluster => measureBerth(cluster, namespaces)));
        },
      ];
      for (const turn of round % 2 === 0 ? turns.reverse() : turns) {
        await turn();
      }
    }
    return resultOf(bare, berth, namespaces);
  },
};

/** Runs a measurement on a new, empty control plane. */
async function fresh<T>(
  measure: (cluster: BenchCluster) => Promise<T>,
): Promise<T> {
  const controlPlane = await ControlPlane.start();
  try {
    return await measure(controlPlane);
  } finally {
    await controlPlane.stop();
  }
}

function resultOf(bare: number[], berth: BerthTaken[], namespaces: number) {
  const objects = namespaces * OBJECTS;
  const all = (field: 'written' | 'ready' | 'second') =>
    berth.map(one => one[field]);
  /** Computes a ratio of rates, so that more is better. */
  const ratioOf = (field: 'written' | 'ready') => ratio(bare, all(field));
  const secondWrites = berth.reduce((sum, one) => sum + one.secondWrites, 0);
  return {
    rows: [
      { what: 'bare client', median: seconds(median(bare)) },
      {
        what: 'Berth, all objects created',
        median: seconds(median(all('written'))),
        ratio: ratioOf('written'),
        goal: 0.9,
      },
      {
        what: 'Berth, and each reported Ready',
        median: seconds(median(all('ready'))),
        ratio: ratioOf('ready'),
      },
      { what: 'second pass', median: seconds(median(all('second'))) },
      {
        what: 'writes of the second pass',
        median: `${secondWrites}`,
        goal: { text: '0', met: secondWrites === 0 },
      },
    ],
    notes: [
      `${objects.toLocaleString(
        'en-US',
      )} objects in ${namespaces.toLocaleString('en-US')} namespaces, ${
        berth.length
      } rounds. kube-apiserver ${ControlPlane.version()}, etcd without fsync and the controller manager, newly started for each turn. Berth is the reconciler as the backend creates it, with ${
        berth[0].database
      }. It writes its inventory before each object, and follows the cluster with watches at the same time. Both make ${PARALLELISM} calls at a time. The times are total times from the start of the reconciler; the ratio is the bare client's time divided by Berth's.`,
    ],
  };
}
