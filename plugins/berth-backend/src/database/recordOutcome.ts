import { Knex } from 'knex';
import { Outcome } from '../model/outcome';

/** The columns of every table whose rows are reconciled. */
export interface OutcomeRow {
  state: string;
  cause: string | null;
  message: string | null;
  since: string;
}

/** Returns the outcome of a row, without undefined fields. */
export function outcomeOf(row: OutcomeRow): Outcome & { since: string } {
  return {
    state: row.state as Outcome['state'],
    ...(row.cause !== null && { cause: row.cause }),
    ...(row.message !== null && { message: row.message }),
    since: row.since,
  };
}

/** Writes an outcome. `since` changes only with the state or cause. Does nothing if the row is gone. */
export async function recordOutcome(
  knex: Knex,
  table: string,
  key: Record<string, string>,
  outcome: Outcome,
): Promise<void> {
  const cause = outcome.cause ?? null;
  const message = outcome.message ?? null;
  await knex.transaction(async transaction => {
    const row = await transaction<OutcomeRow>(table)
      .where(key)
      .forUpdate()
      .first();
    if (!row) {
      return;
    }
    const same = row.state === outcome.state && row.cause === cause;
    if (same && row.message === message) {
      return;
    }
    await transaction<OutcomeRow>(table)
      .where(key)
      .update({
        state: outcome.state,
        cause,
        message,
        since: same ? row.since : new Date().toISOString(),
      });
  });
}
