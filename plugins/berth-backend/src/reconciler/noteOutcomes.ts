import { LoggerService } from '@backstage/backend-plugin-api';
import {
  ClusterRecord,
  ShareOutcome,
  ShareRecord,
  ShareStore,
} from '../registry/types';
import { ShareProblem } from './types';

/** What became of each share, by group. Undefined where it is as it should be. */
export type Problems = ReadonlyMap<string, ShareProblem | undefined>;

export interface OutcomeOptions {
  cluster: ClusterRecord;
  store: ShareStore;
  logger: LoggerService;
}

/** Writes what became of each share, where that is news. */
export async function noteOutcomes(
  shares: ShareRecord[],
  problems: Problems,
  options: OutcomeOptions,
): Promise<void> {
  for (const share of shares) {
    const problem = problems.get(share.group);
    await note(share, problem ? failed(problem) : { state: 'Ready' }, options);
  }
}

/**
 * Writes why nothing could be done. That a cluster is out of reach is the cluster's own state: a share
 * that was made is still made, as far as anybody knows; one that was not now says why.
 */
export async function noteFailedPass(
  shares: ShareRecord[],
  problem: ShareProblem,
  options: OutcomeOptions,
): Promise<void> {
  for (const share of shares.filter(({ state }) => state !== 'Ready')) {
    await note(share, failed(problem), options);
  }
}

async function note(
  share: ShareRecord,
  outcome: ShareOutcome,
  { cluster, store, logger }: OutcomeOptions,
): Promise<void> {
  if (
    share.state === outcome.state &&
    share.cause === outcome.cause &&
    share.message === outcome.message
  ) {
    return;
  }
  await store.setOutcome(cluster.id, share.group, outcome);
  const text = `Share of cluster ${cluster.name} with ${share.group}: ${outcome.state}`;
  if (outcome.state === 'Failed') {
    logger.warn(`${text} (${outcome.cause}): ${outcome.message}`);
  } else {
    logger.info(text);
  }
}

function failed({ cause, message }: ShareProblem): ShareOutcome {
  return { state: 'Failed', cause, message };
}
