import { LoggerService, SchedulerService } from '@backstage/backend-plugin-api';
import { ActivityLog } from '../audit/types';
import { ClusterChanges } from '../model/clusters';
import { GrantStore } from '../model/tenancy';

const INTERVAL = { seconds: 15 };
const TIMEOUT = { minutes: 1 };

export interface GrantExpiryOptions {
  activity: Pick<ActivityLog, 'record'>;
  changes: Pick<ClusterChanges, 'changed'>;
  grants: Pick<GrantStore, 'deleteExpired'>;
  logger: LoggerService;
}

/** Deletes expired grants. Tokens no longer claim them, so this only removes bindings that are out of use. */
export async function deleteExpiredGrants(
  { activity, changes, grants, logger }: GrantExpiryOptions,
  now: Date = new Date(),
): Promise<void> {
  const ended = await grants.deleteExpired(now);
  new Set(ended.map(({ clusterId }) => clusterId)).forEach(clusterId =>
    changes.changed(clusterId),
  );
  for (const { clusterId, group, role, namespace, expiresAt } of ended) {
    logger.info(
      `The grant of ${role} in ${namespace} to ${group} ended at ${expiresAt}`,
    );
    await activity.record({
      actor: 'system:expiry',
      event: 'grant-expire',
      clusterId,
      namespace,
      groups: [group],
      outcome: 'Succeeded',
      meta: { role, expiresAt: expiresAt ?? null },
    });
  }
}

/** Runs on one replica at a time. */
export async function scheduleGrantExpiry(
  scheduler: SchedulerService,
  options: GrantExpiryOptions,
): Promise<void> {
  await scheduler.scheduleTask({
    id: 'berth-grant-expiry',
    frequency: INTERVAL,
    timeout: TIMEOUT,
    fn: () => deleteExpiredGrants(options),
  });
}
