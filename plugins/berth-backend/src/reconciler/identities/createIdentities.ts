import { SchedulerService } from '@backstage/backend-plugin-api';
import { Knex } from 'knex';
import { DatabaseIdentityStore } from './DatabaseIdentityStore';
import {
  IdentityRefresher,
  IdentityRefresherOptions,
} from './IdentityRefresher';
import { identitySource } from './identitySource';
import { IdentitySource } from './types';

/** Reads the IDs of the owners of namespaces from the catalog, and follows them. */
export async function createIdentities({
  database,
  scheduler,
  ...options
}: Omit<IdentityRefresherOptions, 'store'> & {
  database: Knex;
  scheduler: SchedulerService;
}): Promise<IdentitySource> {
  const store = DatabaseIdentityStore.create(database);
  const refresher = new IdentityRefresher({ ...options, store });
  await refresher.schedule(scheduler);
  return identitySource(store, owners => refresher.request(owners));
}
