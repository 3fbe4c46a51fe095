import { KubeClientFactory } from '../../kube';
import { ClusterConnector, ConnectionStrategy } from '../types';

/** Puts together where a cluster is and how the portal authenticates to it. */
export function connectToClusters(
  clients: KubeClientFactory,
  connection: ConnectionStrategy,
): ClusterConnector {
  return cluster =>
    clients.create({ apiServer: cluster.apiServer, caPem: cluster.caPem }, () =>
      connection.getToken(cluster),
    );
}
