import { Knex } from 'knex';
import { Outcome } from '../model/outcome';

/** The number of values that fit into one statement of either database. */
const CHUNK = 500;

/** Selects rows of a table. */
export interface OutcomeRows {
  table: string;
  where: Record<string, string>;
  /** The column that is compared with the values. */
  column: string;
  values: string[];
}

/**
 * Like `recordOutcome`, for many rows at a time, because a pass over a large cluster has thousands of results.
 * `since` changes only with the state or cause; rows that are gone are skipped.
 */
export async function recordOutcomes(
  transaction: Knex.Transaction,
  { table, where, column, values }: OutcomeRows,
  outcome: Outcome,
): Promise<void> {
  const { state } = outcome;
  const cause = outcome.cause ?? null;
  const message = outcome.message ?? null;
  for (let begin = 0; begin < values.length; begin += CHUNK) {
    const some = values.slice(begin, begin + CHUNK);
    const rows = () => transaction(table).where(where).whereIn(column, some);
    await rows()
      .where(other => other.whereNot({ state }).orWhere(not('cause', cause)))
      .update({ state, cause, message, since: new Date().toISOString() });
    await rows().where(not('message', message)).update({ message });
  }
}

/** Matches rows with another value in a column. Null differs from every value. */
function not(column: string, value: string | null) {
  return (query: Knex.QueryBuilder) =>
    value === null
      ? query.whereNotNull(column)
      : query.whereNull(column).orWhereNot(column, value);
}
