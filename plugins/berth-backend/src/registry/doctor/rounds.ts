import { LoggerService, SchedulerService } from '@backstage/backend-plugin-api';
import { NotFoundError, stringifyError } from '@backstage/errors';
import { CheckTrigger } from '@berth/plugin-berth-common';
import limiterFactory from 'p-limit';
import { ClusterRecord, ClusterStore } from '../types';
import { CheckRunStore, ClusterDoctor } from './types';

const DAY_MS = 24 * 60 * 60 * 1000;
const CONCURRENCY = 4;

export interface DoctorRoundsOptions {
  clusters: ClusterStore;
  doctor: ClusterDoctor;
  logger: LoggerService;
  runs: CheckRunStore;
}

/**
 * Which clusters' checks are due: those that had none, whose settings or state changed since the last run, and
 * those whose last run is a day ago. It follows from what is stored, so that no restart of a replica loses one.
 */
export function dueOf(
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

/** Runs what is due. Does not reject because of a cluster. */
export async function makeRounds({
  clusters,
  doctor,
  logger,
  runs,
}: DoctorRoundsOptions): Promise<void> {
  const due = dueOf(await clusters.list(), await runs.lastStarts(), new Date());
  const limit = limiterFactory(CONCURRENCY);
  await Promise.all(
    due.map(({ id, trigger }) =>
      limit(() => look({ doctor, logger }, id, trigger)),
    ),
  );
}

/** Runs the checks of a cluster. Does not reject. */
export async function look(
  { doctor, logger }: Pick<DoctorRoundsOptions, 'doctor' | 'logger'>,
  clusterId: string,
  trigger: CheckTrigger,
): Promise<void> {
  try {
    await doctor.run(clusterId, trigger);
  } catch (error) {
    if (!(error instanceof NotFoundError)) {
      logger.warn(
        `The checks of the cluster with the id ${clusterId} could not be run: ${stringifyError(
          error,
        )}`,
      );
    }
  }
}

/** Every minute, once for all replicas. */
export async function scheduleDoctorRounds(
  scheduler: SchedulerService,
  options: DoctorRoundsOptions,
): Promise<void> {
  await scheduler.scheduleTask({
    id: 'berth-doctor',
    frequency: { minutes: 1 },
    timeout: { minutes: 15 },
    fn: () => makeRounds(options),
  });
}
