import { Knex } from 'knex';
import { Outcome } from '../model/outcome';
import { recordOutcome } from './recordOutcome';

/**
 * Writes the outcome of a share, and of the grant and the home namespace that follow from the share. Does nothing
 * if the share is gone. `since` changes only with the state or cause.
 */
export async function recordShareOutcome(
  knex: Knex,
  clusterId: string,
  group: string,
  outcome: Outcome,
): Promise<void> {
  const cluster = { cluster_id: clusterId };
  await recordOutcome(
    knex,
    'shares',
    { ...cluster, group_ref: group },
    outcome,
  );
  await recordOutcome(
    knex,
    'grants',
    { ...cluster, group_ref: group, source: 'share' },
    outcome,
  );
  await recordOutcome(
    knex,
    'namespaces',
    { ...cluster, owner_ref: group, origin: 'share' },
    outcome,
  );
}
