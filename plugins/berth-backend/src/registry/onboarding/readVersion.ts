import { isKubeError, KubeClientFactory } from '../../kube';
import { ClusterRecord } from '../../model/clusters';

const DEADLINE = 5_000;

/**
 * Reads the version of a cluster's API server without a token. Before onboarding the API server accepts no token of the
 * portal, but most report their version without authentication (`system:public-info-viewer`).
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
