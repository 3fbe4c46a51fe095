import { LoggerService, SchedulerService } from '@backstage/backend-plugin-api';
import { Config, readDurationFromConfig } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { durationToMilliseconds } from '@backstage/types';
import { ActivityReader } from './types';

const SETTING = 'berth.activity.retention';
const DEFAULT_RETENTION = { days: 90 };
const MINIMUM_RETENTION = { days: 1 };

/**
 * Reads how long entries are kept, in milliseconds.
 *
 * @throws InputError if it is less than a day
 */
export function readRetention(config: Config): number {
  const retention = durationToMilliseconds(
    config.has(SETTING)
      ? readDurationFromConfig(config, { key: SETTING })
      : DEFAULT_RETENTION,
  );
  if (!(retention >= durationToMilliseconds(MINIMUM_RETENTION))) {
    throw new InputError(
      `${SETTING} must be at least a day: the activity of today is what an incident is cleared up with`,
    );
  }
  return retention;
}

/** Schedules the deletion of old entries, every hour on one replica. */
export async function scheduleRetention(
  scheduler: SchedulerService,
  activity: Pick<ActivityReader, 'deleteBefore'>,
  config: Config,
  logger: LoggerService,
): Promise<void> {
  const retention = readRetention(config);
  await scheduler.scheduleTask({
    id: 'berth-activity-retention',
    frequency: { hours: 1 },
    initialDelay: { minutes: 5 },
    timeout: { minutes: 15 },
    fn: async signal => {
      const before = new Date(Date.now() - retention);
      const forgotten = await activity.deleteBefore(before, signal);
      if (forgotten > 0) {
        logger.info(
          `Forgot ${forgotten} activities from before ${before.toISOString()}`,
        );
      }
    },
  });
}
