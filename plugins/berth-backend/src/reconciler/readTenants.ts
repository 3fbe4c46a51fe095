import { TenancyStores } from '../model/tenancy';
import { IdentitySource } from './identities/types';
import { kindProfiles } from './profiles/profileOf';
import { Profile } from './profiles/types';
import { TenantSource } from './types';

/** Reads the tenancy stores, the profiles of the configuration, and the IDs of owners as far as a profile has IDs. */
export function readTenants(
  { namespaces, grants, quotas, personal }: TenancyStores,
  profiles: readonly Profile[],
  identities?: IdentitySource,
): TenantSource {
  return {
    async read(cluster) {
      const { id: clusterId } = cluster;
      const [allNamespaces, allGrants, allQuotas, people] = await Promise.all([
        namespaces.listByCluster(clusterId),
        grants.list({ clusterId }),
        quotas.list({ clusterId }),
        personal.list({ clusterId }),
      ]);
      const ofKinds = kindProfiles(profiles, cluster);
      return {
        namespaces: allNamespaces,
        grants: allGrants.filter(({ source }) => source === 'grant'),
        quotas: allQuotas,
        personal: people,
        profiles: ofKinds,
        ...(identities &&
          Object.values(ofKinds).some(one => one.identity) && {
            identities: await identities.of(
              // Namespaces that were taken over get no IDs, and the store knows none of their owners.
              allNamespaces
                .filter(({ origin }) => origin !== 'adopted')
                .flatMap(({ owner }) => owner ?? []),
            ),
          }),
      };
    },
  };
}
