import { SchedulerService } from '@backstage/backend-plugin-api';
import { ActivityLog } from './audit/types';
import { AbsentUsersOptions, scheduleAbsentUsers } from './personal';
import {
  CredentialRenewalOptions,
  scheduleCredentialRenewal,
} from './registry';
import { GrantExpiryOptions, scheduleGrantExpiry } from './tenancy/GrantExpiry';

/** Schedules the tasks that change the desired state or the credentials of clusters without a person. */
export async function scheduleTasks(
  scheduler: SchedulerService,
  options: AbsentUsersOptions &
    Omit<CredentialRenewalOptions, 'onRenewal'> &
    GrantExpiryOptions & { activity: ActivityLog },
): Promise<void> {
  const { activity } = options;
  await scheduleGrantExpiry(scheduler, options);
  await scheduleAbsentUsers(scheduler, options);
  await scheduleCredentialRenewal(scheduler, {
    ...options,
    onRenewal: ({ error, ...cluster }) =>
      activity.record({
        actor: 'system:registry',
        event: 'credential-renew',
        ...cluster,
        outcome: error === undefined ? 'Succeeded' : 'Failed',
        ...(error !== undefined && { error }),
      }),
  });
}
