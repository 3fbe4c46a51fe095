import { ConflictError } from '@backstage/errors';
import { Knex } from 'knex';
import { normalizeGroupRef } from '../validation/groupRef';
import { GroupIdentity, planIdentities } from '../model/groupIdentity';
import { planGroupNames } from './groupNames';
import { GroupName, GroupNames, GroupNameSpec } from '../model/tenancy';

interface GroupNameRow {
  group_ref: string;
  name: string;
  entity_uid: string | null;
  created_at: string;
}

/** Group names in the table `kubernetes_groups`. A name never changes and is never deleted. */
export class DatabaseGroupNames implements GroupNames {
  readonly #knex: Knex;

  static create(knex: Knex): DatabaseGroupNames {
    return new DatabaseGroupNames(knex);
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  async find(groupRefs: string[]): Promise<GroupName[]> {
    const rows = await this.#knex<GroupNameRow>('kubernetes_groups').whereIn(
      'group_ref',
      groupRefs.map(normalizeGroupRef),
    );
    return rows.map(toGroupName);
  }

  async groupWithName(name: string): Promise<string | undefined> {
    const row = await this.#knex<GroupNameRow>('kubernetes_groups')
      .where({ name })
      .first('group_ref');
    return row?.group_ref;
  }

  /**
   * Names the groups that have no name, in the caller's transaction.
   *
   * @returns the names of all the groups
   * @throws InputError or ConflictError as `planGroupNames` does
   */
  async assign(
    specs: GroupNameSpec[],
    transaction: Knex.Transaction,
  ): Promise<GroupName[]> {
    const table = () => transaction<GroupNameRow>('kubernetes_groups');
    const existing = (await table()).map(toGroupName);
    const added = planGroupNames(specs, existing);
    if (added.length > 0) {
      const createdAt = new Date().toISOString();
      await table()
        .insert(
          // The same order everywhere, so that transactions do not deadlock.
          [...added]
            .sort((a, b) => (a.groupRef < b.groupRef ? -1 : 1))
            .map(({ groupRef, name }) => ({
              group_ref: groupRef,
              name,
              entity_uid: null,
              created_at: createdAt,
            })),
        )
        .onConflict()
        .ignore();
    }

    const groupRefs = specs.map(spec => normalizeGroupRef(spec.groupRef));
    const named = (await table().whereIn('group_ref', groupRefs)).map(
      toGroupName,
    );
    assertAsPlanned(added, named);
    return named;
  }

  /**
   * Binds names to the catalog entities that use them, in the caller's transaction.
   *
   * @throws ConflictError as `planIdentities` does
   */
  async identify(
    groups: GroupIdentity[],
    takeOver: ReadonlySet<string>,
    transaction: Knex.Transaction,
  ): Promise<void> {
    const table = () => transaction<GroupNameRow>('kubernetes_groups');
    const rows = await table().whereIn(
      'group_ref',
      groups.map(({ groupRef }) => groupRef),
    );
    const holders = new Map(
      rows.map(row => [row.group_ref, row.entity_uid ?? undefined]),
    );
    for (const { groupRef, uid } of planIdentities(groups, holders, takeOver)) {
      await table().where({ group_ref: groupRef }).update({ entity_uid: uid });
    }
  }
}

/** If an insert was ignored, another request has committed the name. */
function assertAsPlanned(planned: GroupName[], named: GroupName[]) {
  const nameOf = new Map(named.map(row => [row.groupRef, row.name]));
  const lost = planned.filter(row => nameOf.get(row.groupRef) !== row.name);
  if (lost.length > 0) {
    throw new ConflictError(
      `Another request has just taken a name: ${lost
        .map(({ groupRef, name }) => `"${name}", wanted for ${groupRef}`)
        .join('; ')}. Look at the shares again and retry`,
    );
  }
}

function toGroupName(row: GroupNameRow): GroupName {
  return { groupRef: row.group_ref, name: row.name };
}
