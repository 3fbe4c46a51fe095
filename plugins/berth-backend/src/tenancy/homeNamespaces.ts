import { ConflictError } from '@backstage/errors';
import { Knex } from 'knex';
import { NamespaceRow } from './namespaceRow';

/**
 * Creates the missing home namespaces of groups, in the transaction that shares a cluster.
 *
 * @throws ConflictError if another group owns the namespace of a group's name
 */
export async function addHomeNamespaces(
  transaction: Knex.Transaction,
  clusterId: string,
  homes: { group: string; namespace: string }[],
): Promise<void> {
  if (homes.length === 0) {
    return;
  }
  const now = new Date().toISOString();
  await transaction<NamespaceRow>('namespaces')
    .insert(
      homes.map(({ group, namespace }) => ({
        cluster_id: clusterId,
        name: namespace,
        owner_ref: group,
        origin: 'share',
        phase: 'Pending',
        state: 'Pending',
        since: now,
        created_at: now,
      })),
    )
    .onConflict(['cluster_id', 'name'])
    .ignore();
  const rows = await transaction<NamespaceRow>('namespaces')
    .where({ cluster_id: clusterId })
    .whereIn(
      'name',
      homes.map(({ namespace }) => namespace),
    )
    // Waits for concurrent changes of the owner.
    .forUpdate();
  const owners = new Map(rows.map(row => [row.name, row.owner_ref]));
  for (const { group, namespace } of homes) {
    const owner = owners.get(namespace);
    if (owner !== group) {
      throw new ConflictError(
        `${group} is called "${namespace}" on clusters, but the namespace of that name on this one ${
          owner ? `belongs to ${owner}` : 'has no owner'
        }. Delete that namespace first, or make ${group} its owner`,
      );
    }
  }
}
