import { TenancyStores } from '../model/tenancy';
import { profileOf } from './profiles/profileOf';
import { Profile } from './profiles/types';
import { TenantSource } from './types';

/** Reads the tenancy stores and the profiles of the configuration. */
export function readTenants(
  { namespaces, grants, quotas }: TenancyStores,
  profiles: readonly Profile[],
): TenantSource {
  return {
    async read(cluster) {
      const { id: clusterId } = cluster;
      const [allNamespaces, allGrants, allQuotas] = await Promise.all([
        namespaces.listByCluster(clusterId),
        grants.list({ clusterId }),
        quotas.list({ clusterId }),
      ]);
      return {
        namespaces: allNamespaces,
        grants: allGrants.filter(({ source }) => source === 'grant'),
        quotas: allQuotas,
        profile: profileOf(profiles, cluster),
      };
    },
  };
}
