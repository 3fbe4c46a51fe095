import { ConflictError } from '@backstage/errors';
import { Knex } from 'knex';
import { GroupName } from '../model/tenancy';
import { NamespaceRow } from './namespaceRow';

/**
 * Creates the missing home namespaces of groups, in the transaction that shares a cluster.
 *
 * @throws ConflictError if another group owns the namespace of a group's name
 */
export async function addHomeNamespaces(
  transaction: Knex.Transaction,
  clusterId: string,
  groups: GroupName[],
): Promise<void> {
  if (groups.length === 0) {
    return;
  }
  const now = new Date().toISOString();
  await transaction<NamespaceRow>('namespaces')
    .insert(
      groups.map(({ groupRef, name }) => ({
        cluster_id: clusterId,
        name,
        owner_ref: groupRef,
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
      groups.map(({ name }) => name),
    )
    // Waits for concurrent changes of the owner.
    .forUpdate();
  const owners = new Map(rows.map(row => [row.name, row.owner_ref]));
  for (const { groupRef, name } of groups) {
    const owner = owners.get(name);
    if (owner !== groupRef) {
      throw new ConflictError(
        `${groupRef} is called "${name}" on clusters, but the namespace of that name on this one ${
          owner ? `belongs to ${owner}` : 'has no owner'
        }. Delete that namespace first, or make ${groupRef} its owner`,
      );
    }
  }
}
