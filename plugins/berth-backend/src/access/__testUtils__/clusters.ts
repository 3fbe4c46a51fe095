import { ClusterStore } from '../../model/clusters';

/** Creates a cluster of which only the name matters. */
export function createClusterWith(clusters: ClusterStore, name: string) {
  return clusters.create({
    name,
    apiServer: 'https://k8s.example.com',
    caPem: 'the CA',
    connection: 'oidc',
    usernamePrefix: '',
    groupsPrefix: '',
  });
}
