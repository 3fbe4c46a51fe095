import { NotAllowedError, ServiceUnavailableError } from '@backstage/errors';
import { Caller } from '../../access/Callers';
import { isKubeError, KubeClient } from '../../kube';
import { VisibleCluster } from '../../access/ClusterAccess';
import { TenancyRouterOptions } from './options';

/**
 * Runs work on a cluster with the caller's token, because the portal has no right to do it.
 *
 * @throws NotAllowedError if the cluster refuses the caller; ServiceUnavailableError if the call fails; a `Conflict`
 *   of the API server unchanged
 */
export async function asCaller<T>(
  { person }: Caller,
  visible: VisibleCluster,
  { clients, tokens }: Pick<TenancyRouterOptions, 'clients' | 'tokens'>,
  work: (client: KubeClient) => Promise<T>,
): Promise<T> {
  const { cluster } = visible;
  const client = clients.create(cluster, async () => {
    const { token } = await tokens.mint(person, visible);
    return token;
  });
  try {
    return await work(client);
  } catch (error) {
    if (!isKubeError(error) || error.failure === 'Conflict') {
      throw error;
    }
    const text = `${cluster.name}, asked with your own token: ${error.message}`;
    throw error.failure === 'Forbidden' || error.failure === 'Unauthorized'
      ? new NotAllowedError(text)
      : new ServiceUnavailableError(text);
  }
}
