import { Knex } from 'knex';

const COUNTS = { name: 'counts' };

/**
 * Locks the numbers of operations that wait and that run, until the transaction ends: they stay below their bounds
 * also when replicas add and start operations at the same time. On SQLite, which has one connection, transactions
 * follow each other without a lock.
 */
export async function lockCounts(transaction: Knex): Promise<void> {
  if (transaction.client.config.client === 'pg') {
    // A replica that hangs within its transaction must not keep the others from theirs.
    await transaction.raw("set local lock_timeout = '2s'");
    await transaction.raw(
      "set local idle_in_transaction_session_timeout = '5s'",
    );
  }
  const table = () => transaction('helm_operation_locks');
  await table().insert(COUNTS).onConflict().ignore();
  await table().where(COUNTS).forUpdate().first();
}
