import { ControlPlane } from '@berth/control-plane';
import { seconds } from '../harness/measureRounds';
import { median, ratio } from '../harness/statistics';
import { Bench } from '../harness/types';
import { measureProfiles } from './measureProfiles';

/** `npm run bench -- profiles`. */
export const profiles: Bench = {
  name: 'profiles',
  summary:
    'How long Berth takes to change the labels and annotations of all namespaces of a cluster after a change of the profile, compared with a bare HTTP client that makes the same patches.',
  sizes: { namespaces: 1_000, rounds: 5 },
  run: async (progress, { namespaces, rounds }) => {
    const controlPlane = await ControlPlane.start();
    try {
      const taken = await measureProfiles(
        controlPlane,
        { namespaces, rounds },
        progress,
      );
      const { bare, written, settled, second, secondWrites, database } = taken;
      return {
        rows: [
          { what: 'bare patches', median: seconds(median(bare)) },
          {
            what: 'Berth, all namespaces patched',
            median: seconds(median(written)),
            ratio: ratio(bare, written),
            goal: 0.9,
          },
          {
            what: 'Berth, and the pass at its end',
            median: seconds(median(settled)),
            ratio: ratio(bare, settled),
          },
          { what: 'second pass', median: seconds(median(second)) },
          {
            what: 'writes of the second passes',
            median: `${secondWrites}`,
            goal: { text: '0', met: secondWrites === 0 },
          },
        ],
        notes: [
          `${namespaces.toLocaleString(
            'en-US',
          )} namespaces with a grant each, ${rounds} rounds. Each round gives the profile another value of 2 labels and an annotation; the bare client applies the same fields to as many namespaces of its own on the same cluster, in turns with Berth. kube-apiserver ${ControlPlane.version()}, etcd without fsync and the controller manager. Berth is the reconciler as the backend creates it, with ${database}; it follows the cluster with watches at the same time. Both make 8 calls at a time. The ratio is the bare client's time divided by Berth's.`,
        ],
      };
    } finally {
      await controlPlane.stop();
    }
  },
};
