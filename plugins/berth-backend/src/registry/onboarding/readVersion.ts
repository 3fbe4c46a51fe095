import { isKubeError, KubeClientFactory } from '../../kube';
import { ClusterRecord } from '../types';

const DEADLINE = 5_000;

/**
 * The version of a cluster's API server. Before the manifest is applied the portal cannot log in, but
 * most API servers tell it to anybody (`system:public-info-viewer`), so it is asked for without a token.
 *
 * @returns undefined if it cannot be read
 */
export async function readVersion(
  cluster: ClusterRecord,
  clients: KubeClientFactory,
): Promise<string | undefined> {
  const anonymous = clients.create(
    { apiServer: cluster.apiServer, caPem: cluster.caPem },
    async () => '',
  );
  try {
    const { gitVersion } = await anonymous.version({
      signal: AbortSignal.timeout(DEADLINE),
    });
    return gitVersion;
  } catch (error) {
    if (isKubeError(error) || (error as Error).name === 'TimeoutError') {
      return cluster.status.version;
    }
    throw error;
  }
}
