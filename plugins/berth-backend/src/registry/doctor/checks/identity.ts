import {
  ANOTHER_CLUSTER_HINT,
  AnotherClusterError,
  assertSameCluster,
} from '../../../identity/assertSameCluster';
import { Check } from '../types';

/** Checks that the cluster is the registered one, by the UID of its namespace `kube-system`. */
export const identityCheck: Check = {
  id: 'identity',
  title: 'Same cluster',
  needs: ['token'],
  async run({ client, cluster, signal }) {
    try {
      await assertSameCluster(client, cluster, { signal });
    } catch (error) {
      if (error instanceof AnotherClusterError) {
        return {
          status: 'Failed',
          cause: 'AnotherCluster',
          message: error.message,
          hint: ANOTHER_CLUSTER_HINT,
        };
      }
      throw error;
    }
    return {
      status: 'Passed',
      message:
        cluster.kubeSystemUid === undefined
          ? 'The UID of the namespace kube-system is not recorded yet'
          : `The namespace kube-system has the recorded UID ${cluster.kubeSystemUid}`,
    };
  },
};
