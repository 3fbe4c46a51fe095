import { TenancyStores } from '../model/tenancy';
import { IdentitySource } from './identities/types';
import { profileOf } from './profiles/profileOf';
import { Profile } from './profiles/types';
import { TenantSource } from './types';

/** Reads the tenancy stores, the profiles of the configuration, and the IDs of owners as far as a profile has IDs. */
export function readTenants(
  { namespaces, grants, quotas }: TenancyStores,
  profiles: readonly Profile[],
  identities?: IdentitySource,
): TenantSource {
  return {
    async read(cluster) {
      const { id: clusterId } = cluster;
      const [allNamespaces, allGrants, allQuotas] = await Promise.all([
        namespaces.listByCluster(clusterId),
        grants.list({ clusterId }),
        quotas.list({ clusterId }),
      ]);
      const profile = profileOf(profiles, cluster);
      return {
        namespaces: allNamespaces,
        grants: allGrants.filter(({ source }) => source === 'grant'),
        quotas: allQuotas,
        profile,
        ...(identities &&
          profile?.identity && {
            identities: await identities.of(
              allNamespaces.flatMap(({ owner }) => owner ?? []),
            ),
          }),
      };
    },
  };
}
