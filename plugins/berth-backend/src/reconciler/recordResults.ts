import { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import { ActivityLog } from '../audit/types';
import { Outcome } from '../model/outcome';
import { ClusterRecord, ShareRecord } from '../model/clusters';
import { SubjectProblems } from './SubjectProblems';
import { FencingToken, OutcomeStore, Problem, Subject, Tenants } from './types';

/** Something whose progress the portal shows. */
export interface TrackedSubject extends Outcome {
  subject: Subject;
  /** The title for the log, such as `Share with group:default/team-a`. */
  title: string;
  /** Entity refs of the groups that the subject concerns. */
  groups: string[];
  namespace: string;
}

export interface RecordOptions {
  cluster: ClusterRecord;
  fencingToken: FencingToken;
  outcomes: OutcomeStore;
  /** Records failures and recoveries. */
  activity: Pick<ActivityLog, 'record'>;
  logger: LoggerService;
}

/** Returns all shares, namespaces, grants and quotas of a cluster, with their last result. */
export function trackedSubjects(
  shares: ShareRecord[],
  { namespaces, grants, quotas }: Tenants,
): TrackedSubject[] {
  const ownersOf = new Map(
    namespaces.map(({ name, owner }) => [name, owner ? [owner] : []]),
  );
  return [
    ...shares.map(share =>
      tracked(
        { type: 'share', group: share.group },
        `Share with ${share.group}`,
        { ...share, groups: [share.group], namespace: share.namespace },
      ),
    ),
    ...namespaces
      .filter(({ origin }) => origin !== 'share')
      .map(one =>
        tracked(
          { type: 'namespace', name: one.name },
          `Namespace ${one.name}`,
          {
            ...one,
            groups: one.owner ? [one.owner] : [],
            namespace: one.name,
          },
        ),
      ),
    ...grants.map(grant =>
      tracked(
        { type: 'grant', id: grant.id },
        `Grant of ${grant.role} in ${grant.namespace} to ${grant.group}`,
        { ...grant, groups: [grant.group] },
      ),
    ),
    ...quotas.map(quota =>
      tracked(
        { type: 'quota', namespace: quota.namespace },
        `Quota of ${quota.namespace}`,
        { ...quota, groups: ownersOf.get(quota.namespace) ?? [] },
      ),
    ),
  ];
}

function tracked(
  subject: Subject,
  title: string,
  {
    state,
    cause,
    message,
    groups,
    namespace,
  }: Omit<TrackedSubject, 'subject' | 'title'>,
): TrackedSubject {
  return { subject, title, state, cause, message, groups, namespace };
}

/** Writes the result of each subject that changed. */
export async function recordResults(
  subjects: TrackedSubject[],
  problems: SubjectProblems,
  options: RecordOptions,
): Promise<void> {
  const known = subjects.filter(({ subject }) => problems.has(subject));
  await recordChanged(
    known,
    ({ subject }) => outcomeOf(problems.get(subject)),
    options,
  );
}

/**
 * Records why a pass could do nothing, only for subjects that are not Ready. An unreachable cluster is a state
 * of the cluster, and objects that exist still exist as far as Berth knows.
 */
export async function recordFailedPass(
  subjects: TrackedSubject[],
  problem: Problem,
  options: RecordOptions,
): Promise<void> {
  const unfinished = subjects.filter(({ state }) => state !== 'Ready');
  await recordChanged(unfinished, () => outcomeOf(problem), options);
}

async function recordChanged(
  subjects: TrackedSubject[],
  outcomeFor: (one: TrackedSubject) => Outcome,
  options: RecordOptions,
): Promise<void> {
  const { cluster, fencingToken, outcomes, logger } = options;
  const changed = subjects
    .map(before => ({ ...before, outcome: outcomeFor(before) }))
    .filter(
      ({ state, cause, message, outcome }) =>
        state !== outcome.state ||
        cause !== outcome.cause ||
        message !== outcome.message,
    );
  if (changed.length === 0) {
    return;
  }
  await outcomes.record(fencingToken, changed);
  for (const { title, outcome } of changed) {
    const text = `Cluster ${cluster.name}: ${title}: ${outcome.state}`;
    if (outcome.state === 'Failed') {
      logger.warn(`${text} (${outcome.cause}): ${outcome.message}`);
    } else {
      logger.info(text);
    }
  }
  await recordActivity(changed, options);
}

/**
 * Records failures and recoveries. A first success is not recorded, because the activity log has the request
 * already.
 */
async function recordActivity(
  changed: (TrackedSubject & { outcome: Outcome })[],
  { cluster, activity, logger }: RecordOptions,
): Promise<void> {
  const toRecord = changed.filter(
    ({ state, cause, outcome }) =>
      (outcome.state === 'Failed' && cause !== outcome.cause) ||
      (outcome.state === 'Ready' && state === 'Failed'),
  );
  for (const { subject, title, groups, namespace, outcome } of toRecord) {
    const failed = outcome.state === 'Failed';
    try {
      await activity.record({
        actor: 'system:reconciler',
        event: `${subject.type}-reconcile`,
        clusterId: cluster.id,
        cluster: cluster.name,
        namespace,
        groups,
        outcome: failed ? 'Failed' : 'Succeeded',
        ...(failed && { error: `${outcome.cause}: ${outcome.message}` }),
        meta: { what: title },
      });
    } catch (error) {
      logger.warn(
        `Cluster ${cluster.name}: ${title}: could not write the activity log: ${
          toError(error).message
        }`,
      );
    }
  }
}

function outcomeOf(problem: Problem | undefined): Outcome {
  return problem
    ? { state: 'Failed', cause: problem.cause, message: problem.message }
    : { state: 'Ready' };
}
