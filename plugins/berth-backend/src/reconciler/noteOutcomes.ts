import { LoggerService } from '@backstage/backend-plugin-api';
import { Outcome } from '../database/recordOutcome';
import { ClusterRecord, ShareRecord } from '../registry/types';
import { SubjectProblems } from './SubjectProblems';
import { Fence, Outcomes, Problem, Subject, Tenants } from './types';

/** Something of which the portal says how far it is. */
export interface Noted extends Outcome {
  subject: Subject;
  /** For the log, such as `Share with group:default/team-a`. */
  title: string;
}

export interface OutcomeOptions {
  cluster: ClusterRecord;
  fence: Fence;
  outcomes: Outcomes;
  logger: LoggerService;
}

/** What all that is wanted of a cluster says of itself. */
export function notedSubjects(
  shares: ShareRecord[],
  { namespaces, grants, quotas }: Tenants,
): Noted[] {
  return [
    ...shares.map(share =>
      noted(
        { type: 'share', group: share.group },
        `Share with ${share.group}`,
        share,
      ),
    ),
    ...namespaces
      .filter(({ origin }) => origin === 'request')
      .map(one =>
        noted(
          { type: 'namespace', name: one.name },
          `Namespace ${one.name}`,
          one,
        ),
      ),
    ...grants.map(grant =>
      noted(
        { type: 'grant', id: grant.id },
        `Grant of ${grant.role} in ${grant.namespace} to ${grant.group}`,
        grant,
      ),
    ),
    ...quotas.map(quota =>
      noted(
        { type: 'quota', namespace: quota.namespace },
        `Quota of ${quota.namespace}`,
        quota,
      ),
    ),
  ];
}

function noted(
  subject: Subject,
  title: string,
  { state, cause, message }: Outcome,
): Noted {
  return { subject, title, state, cause, message };
}

/** Writes what became of each subject, where that is news. */
export async function noteOutcomes(
  subjects: Noted[],
  problems: SubjectProblems,
  options: OutcomeOptions,
): Promise<void> {
  const known = subjects.filter(({ subject }) => problems.has(subject));
  await note(known, ({ subject }) => outcomeOf(problems.get(subject)), options);
}

/**
 * Writes why nothing could be done. That a cluster is out of reach is the cluster's own state: what was
 * made is still made, as far as anybody knows; what was not now says why.
 */
export async function noteFailedPass(
  subjects: Noted[],
  problem: Problem,
  options: OutcomeOptions,
): Promise<void> {
  const unfinished = subjects.filter(({ state }) => state !== 'Ready');
  await note(unfinished, () => outcomeOf(problem), options);
}

async function note(
  subjects: Noted[],
  outcomeFor: (one: Noted) => Outcome,
  { cluster, fence, outcomes, logger }: OutcomeOptions,
): Promise<void> {
  const news = subjects
    .map(before => ({ ...before, outcome: outcomeFor(before) }))
    .filter(
      ({ state, cause, message, outcome }) =>
        state !== outcome.state ||
        cause !== outcome.cause ||
        message !== outcome.message,
    );
  if (news.length === 0) {
    return;
  }
  await outcomes.note(fence, news);
  for (const { title, outcome } of news) {
    const text = `Cluster ${cluster.name}: ${title}: ${outcome.state}`;
    if (outcome.state === 'Failed') {
      logger.warn(`${text} (${outcome.cause}): ${outcome.message}`);
    } else {
      logger.info(text);
    }
  }
}

function outcomeOf(problem: Problem | undefined): Outcome {
  return problem
    ? { state: 'Failed', cause: problem.cause, message: problem.message }
    : { state: 'Ready' };
}
