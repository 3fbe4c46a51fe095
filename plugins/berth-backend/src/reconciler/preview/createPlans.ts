import { AuthService } from '@backstage/backend-plugin-api';
import { Knex } from 'knex';
import { ActivityReader } from '../../audit/types';
import { ClusterConnector, ShareStore } from '../../model/clusters';
import { TenancyStores } from '../../model/tenancy';
import { DatabaseHoldStore } from '../breaker/DatabaseHoldStore';
import { DeletionBreaker } from '../breaker/DeletionBreaker';
import { DatabaseFormerClusters } from '../former/DatabaseFormerClusters';
import { DatabaseIdentityStore } from '../identities/DatabaseIdentityStore';
import { identitySource } from '../identities/identitySource';
import { previewedIdentities } from '../identities/previewedIdentities';
import { IdentityCatalog } from '../identities/readCatalogIdentities';
import { DatabaseInventory } from '../DatabaseInventory';
import { DatabasePodSecurityStore } from '../podSecurity/DatabasePodSecurityStore';
import { PodSecurityGate } from '../podSecurity/PodSecurityGate';
import { Profile } from '../profiles/types';
import { createPullSecretParts } from '../pullSecrets/createPullSecretParts';
import { PullSecrets } from '../pullSecrets/PullSecrets';
import { readTenants } from '../readTenants';
import { TenantSource } from '../types';
import { PlanActions } from './PlanActions';
import { PlanPreviewer } from './PlanPreviewer';
import { PlanSources } from './planState';

/** Creates the parts that show the plan of a cluster, and that carry out the decisions of admins about it. */
export function createPlans(options: {
  activity: Pick<ActivityReader, 'list'>;
  auth: Pick<AuthService, 'getOwnServiceCredentials'>;
  catalog: IdentityCatalog;
  database: Knex;
  profiles: readonly Profile[];
  pullSecrets: PullSecrets;
  shares: ShareStore;
  tenancy: TenancyStores;
  /** Connects to a cluster with the portal's own credential. */
  connect: ClusterConnector;
}): {
  plans: PlanPreviewer;
  actions: PlanActions;
  sources: PlanSources;
  /** Returns the tenants as they would be with other profiles, with the IDs that the catalog has now. */
  tenantsWith: (profiles: readonly Profile[]) => TenantSource;
} {
  const { activity, auth, catalog, database, profiles, shares, tenancy } =
    options;
  const { connect } = options;
  const identities = DatabaseIdentityStore.create(database);
  const sources: PlanSources = {
    activity,
    namespaces: tenancy.namespaces,
    shares,
    connect,
    tenants: readTenants(tenancy, profiles, identitySource(identities)),
    identities,
    inventory: DatabaseInventory.create(database),
    formers: DatabaseFormerClusters.create(database),
    breaker: new DeletionBreaker({ store: DatabaseHoldStore.create(database) }),
    leftoverBreaker: new DeletionBreaker({
      store: DatabaseHoldStore.create(database, 'leftover_holds'),
    }),
    podSecurity: new PodSecurityGate(DatabasePodSecurityStore.create(database)),
    pullSecrets: createPullSecretParts(database, options.pullSecrets).gate,
  };
  return {
    plans: new PlanPreviewer(sources),
    actions: new PlanActions(sources),
    sources,
    tenantsWith: some =>
      readTenants(
        tenancy,
        some,
        previewedIdentities({ auth, catalog, store: identities }, some),
      ),
  };
}
