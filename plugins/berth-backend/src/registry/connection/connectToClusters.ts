import { toError } from '@backstage/errors';
import { LRUCache } from 'lru-cache';
import { KubeClientFactory, KubeError } from '../../kube';
import { ClusterConnector, ClusterRecord } from '../../model/clusters';
import { ConnectionStrategies } from './ConnectionStrategies';
import { CredentialStore, StoredCredential } from '../../model/credentials';

/** Much shorter than the life of any credential, and much longer than the time between two calls of one pass. */
const KEPT_FOR_MS = 5_000;
const KEPT_AT_MOST = 1_000;

export interface ConnectOptions {
  clients: KubeClientFactory;
  credentials: CredentialStore;
  strategies: ConnectionStrategies;
}

/** Creates clients from the address of a cluster and the way the portal authenticates to it. */
export function connectToClusters(options: ConnectOptions): ClusterConnector {
  const kept = new LRUCache<string, { credential?: StoredCredential }>({
    max: KEPT_AT_MOST,
    ttl: KEPT_FOR_MS,
  });

  async function credentialOf({ id, connection, revision }: ClusterRecord) {
    const key = `${id} ${revision}`;
    let entry = kept.get(key);
    if (!entry) {
      entry = { credential: await options.credentials.get(id) };
      kept.set(key, entry);
    }
    const { credential } = entry;
    return credential?.strategy === connection ? credential : undefined;
  }

  return cluster =>
    options.clients.create(
      { apiServer: cluster.apiServer, caPem: cluster.caPem },
      async () =>
        strategyOf(options.strategies, cluster).getToken(
          cluster,
          await credentialOf(cluster),
        ),
    );
}

/**
 * A missing strategy is a failure of the cluster, so that its status shows that the module of the strategy is
 * missing.
 */
function strategyOf(
  strategies: ConnectionStrategies,
  { name, connection }: ClusterRecord,
) {
  try {
    return strategies.get(connection);
  } catch (error) {
    throw new KubeError(
      'Unauthorized',
      `The portal cannot connect to the cluster "${name}": ${
        toError(error).message
      }. Install the module that brings it, or choose another connection`,
    );
  }
}
