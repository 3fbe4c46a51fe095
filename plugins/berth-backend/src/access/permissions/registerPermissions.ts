import { PermissionsRegistryService } from '@backstage/backend-plugin-api';
import { isResourcePermission } from '@backstage/plugin-permission-common';
import {
  berthPermissions,
  RESOURCE_TYPE_CLUSTER,
  RESOURCE_TYPE_NAMESPACE,
} from '@berth/plugin-berth-common';
import { ClusterStore, ShareStore } from '../../model/clusters';
import {
  GrantStore,
  NamespaceStore,
  PersonalNamespaceStore,
} from '../../model/tenancy';
import { clusterResourceRef, clusterRules } from './clusterRules';
import { namespaceResourceRef, namespaceRules } from './namespaceRules';

export interface PermissionStores {
  clusters: ClusterStore;
  grants: GrantStore;
  namespaces: NamespaceStore;
  personal: Pick<PersonalNamespaceStore, 'get'>;
  shares: ShareStore;
}

/** Registers Berth's permissions and rules with the portal's permission policy. */
export function registerPermissions(
  permissionsRegistry: PermissionsRegistryService,
  { clusters, grants, namespaces, personal, shares }: PermissionStores,
): void {
  permissionsRegistry.addResourceType({
    resourceRef: clusterResourceRef,
    permissions: berthPermissions.filter(permission =>
      isResourcePermission(permission, RESOURCE_TYPE_CLUSTER),
    ),
    rules: Object.values(clusterRules),
    getResources: names =>
      Promise.all(
        names.map(async name => {
          const cluster = await clusters.get(name);
          return cluster && { cluster, shares: await shares.list(cluster.id) };
        }),
      ),
  });
  permissionsRegistry.addResourceType({
    resourceRef: namespaceResourceRef,
    permissions: berthPermissions.filter(permission =>
      isResourcePermission(permission, RESOURCE_TYPE_NAMESPACE),
    ),
    rules: Object.values(namespaceRules),
    getResources: refs =>
      Promise.all(
        refs.map(async ref => {
          const [clusterName, name = ''] = ref.split('/');
          const cluster = await clusters.get(clusterName);
          const key = { clusterId: cluster?.id ?? '', name };
          const namespace = await namespaces.get(key);
          return (
            namespace && {
              cluster: clusterName,
              namespace,
              grants: await grants.list(key),
              personal: await personal.get(key),
              shares: await shares.list(key.clusterId),
            }
          );
        }),
      ),
  });
  permissionsRegistry.addPermissions(
    berthPermissions.filter(permission => !isResourcePermission(permission)),
  );
}
