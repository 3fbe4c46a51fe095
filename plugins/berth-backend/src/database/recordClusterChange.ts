import { Knex } from 'knex';

/**
 * Records that the desired state of a cluster changed, so that the replica that reconciles it notices within a
 * second. Call it in the transaction of the change, so that the record cannot be lost. Does nothing if the
 * cluster is gone.
 */
export async function recordClusterChange(
  knex: Knex,
  clusterId: string,
): Promise<void> {
  const cluster = { cluster_id: clusterId };
  const raised = await knex('cluster_leases')
    .where(cluster)
    .increment('revision');
  if (
    raised === 0 &&
    (await knex('clusters').where({ id: clusterId }).first('id'))
  ) {
    await knex('cluster_leases')
      .insert({ ...cluster, token: 0, revision: 1 })
      .onConflict('cluster_id')
      .merge({ revision: knex.raw('cluster_leases.revision + 1') });
  }
}
