import { isKubeError, KubeCallOptions, KubeClient, NODES } from '../../kube';
import {
  ANOTHER_CLUSTER_HINT,
  AnotherClusterError,
  assertSameCluster,
} from '../../identity/assertSameCluster';
import { ClusterRecord, ProbeResult } from '../../model/clusters';
import { CapacityNode, sumCapacity } from './capacity';
import { describeFailure } from './describeFailure';

/**
 * Reads the version and nodes of a cluster, and checks whether it is still the same cluster.
 *
 * @returns the result, which may be a failure of the cluster
 * @throws failures that the cluster did not cause, such as a failure to sign a token
 */
export async function probeCluster(
  client: KubeClient,
  cluster: Pick<ClusterRecord, 'name' | 'kubeSystemUid'>,
  options?: KubeCallOptions,
): Promise<ProbeResult> {
  try {
    const { gitVersion } = await client.version(options);
    await assertSameCluster(client, cluster, options);
    return {
      state: 'Connected',
      version: gitVersion,
      ...(await sumCapacity(client.list<CapacityNode>(NODES, {}, options))),
    };
  } catch (error) {
    if (error instanceof AnotherClusterError) {
      return {
        state: 'Untrusted',
        cause: 'AnotherCluster',
        problem: error.message,
        hint: ANOTHER_CLUSTER_HINT,
        foundUid: error.foundUid,
      };
    }
    if (isKubeError(error)) {
      return describeFailure(error);
    }
    throw error;
  }
}
