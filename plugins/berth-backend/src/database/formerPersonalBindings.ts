import { Knex } from 'knex';

export const FORMER_PERSONAL_BINDINGS = 'former_personal_bindings';

/** A role binding of a person that may still be on the cluster of a deleted registration. */
export interface FormerPersonalBindingRow {
  former_cluster_id: string;
  namespace: string;
  /** As `personalBindingName` builds it. */
  name: string;
  user_part: string;
  kube_system_uid: string | null;
  absent_on: string;
  deleted_at: string;
}

/**
 * Remembers the role bindings of people on a cluster whose registration is being deleted. Call with the row of the
 * cluster locked, so that nothing joins the inventory meanwhile, and before the inventory goes.
 */
export async function rememberPersonalBindings(
  transaction: Knex.Transaction,
  clusterId: string,
  deletedAt: string,
): Promise<void> {
  // A cluster that is registered and deleted again and again has one row for each binding.
  await transaction.raw(
    `delete from ${FORMER_PERSONAL_BINDINGS}
      where exists (
        select 1 from clusters c join inventory i on i.cluster_id = c.id
        where c.id = ?
          and c.kube_system_uid = ${FORMER_PERSONAL_BINDINGS}.kube_system_uid
          and i.namespace = ${FORMER_PERSONAL_BINDINGS}.namespace
          and i.name = ${FORMER_PERSONAL_BINDINGS}.name
          and i.kind = 'RoleBinding'
      )`,
    [clusterId],
  );
  // A creation that is intended may still happen, so bindings without a UID count too.
  await transaction.raw(
    `insert into ${FORMER_PERSONAL_BINDINGS}
      (former_cluster_id, namespace, name, user_part, kube_system_uid, deleted_at)
      select i.cluster_id, i.namespace, i.name, substr(i.name, length(i.name) - 32, 16), c.kube_system_uid, ?
      from inventory i join clusters c on c.id = i.cluster_id
      where i.cluster_id = ? and substr(i.name, 1, 15) = 'berth:personal:'`,
    [deletedAt, clusterId],
  );
}

/**
 * Narrows a query of remembered role bindings, as `former`, to those that may be on a cluster. A cluster whose UID is
 * not known may be any former one. A former cluster whose UID was never known may be any that was registered later.
 */
export function mayBeOn(query: Knex.QueryBuilder, clusterId: string): void {
  query
    .join('clusters', join => join.onVal('clusters.id', clusterId))
    .where(where =>
      where
        .whereNull('clusters.kube_system_uid')
        .orWhereRaw('former.kube_system_uid = clusters.kube_system_uid')
        .orWhere((unknown: Knex.QueryBuilder) =>
          unknown
            .whereNull('former.kube_system_uid')
            .whereRaw('clusters.created_at >= former.deleted_at')
            .whereRaw(
              "former.absent_on not like '%' || clusters.kube_system_uid || '%'",
            ),
        ),
    );
}
