import { Knex } from 'knex';
import { FencingToken } from '../types';
import { LeaseLostError } from './types';

/**
 * Writes in a transaction while the lease is held. The transaction locks the row of the lease, so that a
 * takeover waits for the writes and no write follows the takeover.
 *
 * @throws LeaseLostError if another replica has the cluster now, or the cluster is gone
 */
export async function writeUnderLease<T>(
  knex: Knex,
  { clusterId, holder, token }: FencingToken,
  write: (transaction: Knex.Transaction) => Promise<T>,
): Promise<T> {
  return knex.transaction(async transaction => {
    // Locks the cluster first, as its deletion does: in another order the two could wait for each other.
    await transaction('clusters')
      .where({ id: clusterId })
      .forKeyShare()
      .first('id');
    const held = await transaction('cluster_leases')
      .where({ cluster_id: clusterId, holder, token })
      .forShare()
      .first('cluster_id');
    if (!held) {
      throw new LeaseLostError({ clusterId });
    }
    return write(transaction);
  });
}
