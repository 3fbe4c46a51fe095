import { PermissionsRegistryService } from '@backstage/backend-plugin-api';
import {
  berthPermissions,
  RESOURCE_TYPE_CLUSTER,
} from '@berth/plugin-berth-common';
import { isResourcePermission } from '@backstage/plugin-permission-common';
import { ClusterStore, ShareStore } from '../../registry/types';
import { clusterResourceRef, clusterRules } from './clusterRules';

/** Makes Berth's permissions and rules known to the portal's permission policy. */
export function registerPermissions(
  permissionsRegistry: PermissionsRegistryService,
  { clusters, shares }: { clusters: ClusterStore; shares: ShareStore },
): void {
  const isOfCluster = (permission: (typeof berthPermissions)[number]) =>
    isResourcePermission(permission, RESOURCE_TYPE_CLUSTER);
  permissionsRegistry.addResourceType({
    resourceRef: clusterResourceRef,
    permissions: berthPermissions.filter(isOfCluster),
    rules: Object.values(clusterRules),
    getResources: names =>
      Promise.all(
        names.map(async name => {
          const cluster = await clusters.get(name);
          return cluster && { cluster, shares: await shares.list(cluster.id) };
        }),
      ),
  });
  permissionsRegistry.addPermissions(
    berthPermissions.filter(permission => !isOfCluster(permission)),
  );
}
