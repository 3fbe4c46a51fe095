import { AuthService, SchedulerService } from '@backstage/backend-plugin-api';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { ClusterChanges } from '../model/clusters';
import {
  PersonalNamespaceRecord,
  PersonalNamespaceStore,
} from '../model/tenancy';

const INTERVAL = { minutes: 1 };
const TIMEOUT = { minutes: 5 };
const BATCH = 200;

export interface AbsentUsersOptions {
  auth: Pick<AuthService, 'getOwnServiceCredentials'>;
  catalog: Pick<CatalogService, 'getEntitiesByRefs'>;
  changes: Pick<ClusterChanges, 'changed'>;
  personal: Pick<PersonalNamespaceStore, 'list' | 'setAbsent'>;
}

/**
 * Records which owners of personal namespaces the catalog lacks; a user who was created again is another person. Their
 * roles are taken away, and given again if the same user comes back. If the catalog fails, nothing changes.
 */
export async function recordAbsentUsers({
  auth,
  catalog,
  changes,
  personal,
}: AbsentUsersOptions): Promise<void> {
  const all = await personal.list();
  for (let begin = 0; begin < all.length; begin += BATCH) {
    const batch = all.slice(begin, begin + BATCH);
    const { items } = await catalog.getEntitiesByRefs(
      {
        entityRefs: batch.map(({ user }) => user),
        fields: ['kind', 'metadata.uid'],
      },
      { credentials: await auth.getOwnServiceCredentials() },
    );
    const isAbsent = (one: PersonalNamespaceRecord, index: number) =>
      items[index]?.metadata.uid !== one.userUid;
    const differs = batch.filter(
      (one, index) => isAbsent(one, index) !== (one.absentSince !== undefined),
    );
    try {
      await personal.setAbsent(
        differs.filter(({ absentSince }) => absentSince === undefined),
        true,
      );
      await personal.setAbsent(
        differs.filter(({ absentSince }) => absentSince !== undefined),
        false,
      );
    } finally {
      // At once: what is saved differs from the catalog no longer, and nothing would notice it later.
      new Set(differs.map(({ clusterId }) => clusterId)).forEach(clusterId =>
        changes.changed(clusterId),
      );
    }
  }
}

/** Runs on one replica at a time. */
export async function scheduleAbsentUsers(
  scheduler: SchedulerService,
  options: AbsentUsersOptions,
): Promise<void> {
  await scheduler.scheduleTask({
    id: 'berth-personal-namespaces',
    frequency: INTERVAL,
    timeout: TIMEOUT,
    fn: () => recordAbsentUsers(options),
  });
}
