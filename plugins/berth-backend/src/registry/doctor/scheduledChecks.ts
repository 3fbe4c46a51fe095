import { LoggerService, SchedulerService } from '@backstage/backend-plugin-api';
import { NotFoundError, stringifyError } from '@backstage/errors';
import { CheckTrigger } from '@berth/plugin-berth-common';
import limiterFactory from 'p-limit';
import { ClusterRecord, ClusterStore } from '../../model/clusters';
import { CheckRunStore, ClusterDoctor } from './types';

const DAY_MS = 24 * 60 * 60 * 1000;
const CONCURRENCY = 4;

export interface ScheduledChecksOptions {
  clusters: ClusterStore;
  doctor: ClusterDoctor;
  logger: LoggerService;
  runs: CheckRunStore;
}

/**
 * Returns the clusters whose checks are due: clusters without a run, with a change of settings or state since the last
 * run, or with a last run a day ago. It depends only on stored data, so that a restart loses nothing.
 */
export function dueChecks(
  clusters: Pick<ClusterRecord, 'id' | 'updatedAt' | 'status'>[],
  lastStarts: Map<string, string>,
  now: Date,
): { id: string; trigger: CheckTrigger }[] {
  const due: { id: string; trigger: CheckTrigger }[] = [];
  for (const { id, updatedAt, status } of clusters) {
    const last = lastStarts.get(id);
    if (last === undefined || updatedAt > last) {
      due.push({ id, trigger: 'Change' });
    } else if (status.since !== undefined && status.since > last) {
      due.push({ id, trigger: 'State' });
    } else if (now.getTime() - Date.parse(last) >= DAY_MS) {
      due.push({ id, trigger: 'Schedule' });
    }
  }
  return due;
}

/** Runs all due checks. A failing cluster does not make it reject. */
export async function runDueChecks({
  clusters,
  doctor,
  logger,
  runs,
}: ScheduledChecksOptions): Promise<void> {
  const due = dueChecks(
    await clusters.list(),
    await runs.lastStarts(),
    new Date(),
  );
  const limit = limiterFactory(CONCURRENCY);
  await Promise.all(
    due.map(({ id, trigger }) =>
      limit(() => runAndLog({ doctor, logger }, id, trigger)),
    ),
  );
}

/** Runs the checks of a cluster. Does not reject. */
export async function runAndLog(
  { doctor, logger }: Pick<ScheduledChecksOptions, 'doctor' | 'logger'>,
  clusterId: string,
  trigger: CheckTrigger,
): Promise<void> {
  try {
    await doctor.run(clusterId, trigger);
  } catch (error) {
    if (!(error instanceof NotFoundError)) {
      logger.warn(
        `Could not run the checks of the cluster with the id ${clusterId}: ${stringifyError(
          error,
        )}`,
      );
    }
  }
}

/** Runs due checks every minute, on one replica. */
export async function scheduleChecks(
  scheduler: SchedulerService,
  options: ScheduledChecksOptions,
): Promise<void> {
  await scheduler.scheduleTask({
    id: 'berth-doctor',
    frequency: { minutes: 1 },
    timeout: { minutes: 15 },
    fn: () => runDueChecks(options),
  });
}
