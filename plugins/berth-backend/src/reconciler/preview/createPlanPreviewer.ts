import { Knex } from 'knex';
import { ClusterConnector, ShareStore } from '../../registry/types';
import { TenancyStores } from '../../tenancy/types';
import { DatabaseHoldStore } from '../breaker/DatabaseHoldStore';
import { DeletionBreaker } from '../breaker/DeletionBreaker';
import { DatabaseFormerClusters } from '../former/DatabaseFormerClusters';
import { DatabaseInventory } from '../DatabaseInventory';
import { Profile } from '../profiles/types';
import { readTenants } from '../readTenants';
import { PlanPreviewer } from './PlanPreviewer';

/** Puts together what says what the reconciler would do. */
export function createPlanPreviewer(options: {
  knex: Knex;
  profiles: readonly Profile[];
  shares: ShareStore;
  tenancy: TenancyStores;
  /** Reaches a cluster with the portal's own credential. */
  connect: ClusterConnector;
}): PlanPreviewer {
  const { knex, profiles, shares, tenancy, connect } = options;
  return new PlanPreviewer({
    shares,
    connect,
    tenants: readTenants(tenancy, profiles),
    inventory: DatabaseInventory.create(knex),
    formers: DatabaseFormerClusters.create(knex),
    breaker: new DeletionBreaker({ store: DatabaseHoldStore.create(knex) }),
    leftoverBreaker: new DeletionBreaker({
      store: DatabaseHoldStore.create(knex, 'leftover_holds'),
    }),
  });
}
