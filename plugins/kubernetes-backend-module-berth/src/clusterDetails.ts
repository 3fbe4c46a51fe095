import {
  ANNOTATION_KUBERNETES_AUTH_PROVIDER,
  ANNOTATION_KUBERNETES_OIDC_TOKEN_PROVIDER,
} from '@backstage/plugin-kubernetes-common';
import { ClusterDetails } from '@backstage/plugin-kubernetes-node';
import {
  Cluster,
  isTokenProvider,
  tokenProviderOf,
} from '@berth/plugin-berth-common';

/** Describes a cluster of Berth in the form of the Kubernetes plugin, without a credential. */
export function clusterDetails(
  cluster: Pick<Cluster, 'id' | 'name' | 'title' | 'apiServer' | 'caData'>,
): ClusterDetails {
  return {
    name: cluster.name,
    ...(cluster.title !== undefined && { title: cluster.title }),
    url: cluster.apiServer,
    caData: cluster.caData,
    authMetadata: {
      [ANNOTATION_KUBERNETES_AUTH_PROVIDER]: 'oidc',
      [ANNOTATION_KUBERNETES_OIDC_TOKEN_PROVIDER]: tokenProviderOf(cluster),
    },
  };
}

/** Returns whether {@link clusterDetails} made a cluster. */
export function isOfBerth({ authMetadata }: ClusterDetails): boolean {
  return (
    authMetadata[ANNOTATION_KUBERNETES_AUTH_PROVIDER] === 'oidc' &&
    isTokenProvider(
      authMetadata[ANNOTATION_KUBERNETES_OIDC_TOKEN_PROVIDER] ?? '',
    )
  );
}
