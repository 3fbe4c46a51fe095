import { isKubeError, KubeCallOptions, KubeClient, NODES } from '../../kube';
import { ProbeResult } from '../types';
import { CapacityNode, sumCapacity } from './capacity';
import { describeFailure } from './describeFailure';

/**
 * Asks a cluster for its version and nodes.
 *
 * @returns what was found, which may be a failure of the cluster
 * @throws what is not the cluster's failure, such as that of signing a token
 */
export async function probeCluster(
  client: KubeClient,
  options?: KubeCallOptions,
): Promise<ProbeResult> {
  try {
    const { gitVersion } = await client.version(options);
    return {
      state: 'Connected',
      version: gitVersion,
      ...(await sumCapacity(client.list<CapacityNode>(NODES, {}, options))),
    };
  } catch (error) {
    if (isKubeError(error)) {
      return describeFailure(error);
    }
    throw error;
  }
}
