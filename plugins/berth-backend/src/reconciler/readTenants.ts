import { TenancyStores } from '../tenancy/types';
import { TenantSource } from './types';

/** Reads from the stores of the tenancy. */
export function readTenants({
  namespaces,
  grants,
  quotas,
}: TenancyStores): TenantSource {
  return {
    async read(clusterId) {
      const [allNamespaces, allGrants, allQuotas] = await Promise.all([
        namespaces.ofCluster(clusterId),
        grants.list({ clusterId }),
        quotas.list({ clusterId }),
      ]);
      return {
        namespaces: allNamespaces,
        grants: allGrants.filter(({ source }) => source === 'grant'),
        quotas: allQuotas,
      };
    },
  };
}
