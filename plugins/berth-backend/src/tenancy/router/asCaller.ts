import { NotAllowedError, ServiceUnavailableError } from '@backstage/errors';
import { Caller } from '../../access/Callers';
import { isKubeError, KubeClient } from '../../kube';
import { VisibleCluster } from '../../access/ClusterAccess';
import { TenancyRouterOptions } from './options';

/**
 * Does something on a cluster as the caller, which the portal itself has no right to.
 *
 * @throws NotAllowedError if the cluster refuses the caller; ServiceUnavailableError if it cannot be asked; a
 *   `Conflict` of the API server as it is
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
