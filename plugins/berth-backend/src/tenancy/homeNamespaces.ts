import { ConflictError, InputError } from '@backstage/errors';
import {
  applyNamespacePrefix,
  assertNamespaceName,
  prefixedNamespaceName,
} from '@berth/plugin-berth-common';
import { Knex } from 'knex';
import { GroupName } from '../model/tenancy';
import { NamespaceRow } from './namespaceRow';

/** A group and the name of its home namespace on a cluster. */
export interface GroupHome extends GroupName {
  home: string;
}

/** The cluster that is shared, as far as the names of homes depend on it. */
export interface HomeCluster {
  id: string;
  namespacePrefix?: string;
}

/**
 * Returns the home namespace of each group: the one that its share has, else the one that an earlier share left, else
 * a new one with the namespace prefix of the cluster.
 *
 * @param known - the homes of the present shares, by group ref
 * @throws InputError if a name with the prefix is no name of a namespace
 */
export async function nameHomes(
  transaction: Knex.Transaction,
  { id, namespacePrefix }: HomeCluster,
  groups: GroupName[],
  known: ReadonlyMap<string, string>,
): Promise<GroupHome[]> {
  const former: Pick<NamespaceRow, 'name' | 'owner_ref'>[] =
    await transaction<NamespaceRow>('namespaces')
      .where({ cluster_id: id, origin: 'share', deleting_since: null })
      .select('name', 'owner_ref');
  return groups.map(group => {
    const { groupRef, name } = group;
    const left = former
      .filter(row => row.owner_ref === groupRef)
      .map(row => row.name);
    const usual = prefixedNamespaceName(name, namespacePrefix);
    const kept = left.includes(usual) ? usual : left.sort()[0];
    const home = known.get(groupRef) ?? kept ?? newHome(group, namespacePrefix);
    return { ...group, home };
  });
}

function newHome({ groupRef, name }: GroupName, prefix?: string): string {
  try {
    const home = applyNamespacePrefix(name, prefix, 'the home namespace');
    assertNamespaceName(home);
    return home;
  } catch (error) {
    if (error instanceof InputError) {
      throw new InputError(
        `${groupRef} cannot get a home namespace on this cluster: ${error.message}`,
      );
    }
    throw error;
  }
}

/**
 * Returns the Kubernetes names of the groups for whose home namespaces a name is kept on a cluster: the name itself,
 * and the name without the namespace prefix of the cluster.
 */
export function homeNamesOf(name: string, namespacePrefix?: string): string[] {
  const bare =
    namespacePrefix && name.startsWith(namespacePrefix)
      ? name.slice(namespacePrefix.length)
      : '';
  return bare ? [name, bare] : [name];
}

/**
 * Creates the missing home namespaces of groups, in the transaction that shares a cluster.
 *
 * @throws ConflictError if another group owns the namespace of a group's name
 */
export async function addHomeNamespaces(
  transaction: Knex.Transaction,
  clusterId: string,
  groups: GroupHome[],
): Promise<void> {
  if (groups.length === 0) {
    return;
  }
  const now = new Date().toISOString();
  await transaction<NamespaceRow>('namespaces')
    .insert(
      groups.map(({ groupRef, home }) => ({
        cluster_id: clusterId,
        name: home,
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
      groups.map(({ home }) => home),
    )
    // Waits for concurrent changes of the owner.
    .forUpdate();
  const owners = new Map(rows.map(row => [row.name, row.owner_ref]));
  for (const { groupRef, name, home } of groups) {
    const owner = owners.get(home);
    if (owner !== groupRef) {
      throw new ConflictError(
        `${groupRef} is called "${name}" on clusters, but ${
          home === name
            ? 'the namespace of that name on this one'
            : `its home namespace on this one, "${home}",`
        } ${
          owner ? `belongs to ${owner}` : 'has no owner'
        }. Delete that namespace first, or make ${groupRef} its owner`,
      );
    }
  }
}
