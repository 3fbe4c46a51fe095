import { ConflictError, NotFoundError } from '@backstage/errors';
import { Knex } from 'knex';
import { ulid } from 'ulid';
import { outcomeOf, OutcomeRow } from '../database/recordOutcome';
import { DatabaseGroupNames } from './DatabaseGroupNames';
import { normalizeGroupRef } from '../validation/groupRef';
import {
  GrantRecord,
  GrantStore,
  GrantSpec,
  GrantWithShare,
  NamespaceKey,
} from '../model/tenancy';
import { GroupHome } from './homeNamespaces';
import { whereNamespace } from './whereNamespace';

interface GrantRow extends OutcomeRow {
  id: string;
  cluster_id: string;
  namespace: string;
  group_ref: string;
  role: string;
  source: string;
  expires_at: string | null;
  created_at: string;
  created_by: string | null;
}

type NamedGrantRow = GrantRow & { name: string; entity_uid: string | null };

/** Grants in the table `grants`, with the groups' names from `kubernetes_groups`. */
export class DatabaseGrantStore implements GrantStore {
  readonly #knex: Knex;
  readonly #groupNames: DatabaseGroupNames;

  static create(knex: Knex): DatabaseGrantStore {
    return new DatabaseGrantStore(knex, DatabaseGroupNames.create(knex));
  }

  private constructor(knex: Knex, groupNames: DatabaseGroupNames) {
    this.#knex = knex;
    this.#groupNames = groupNames;
  }

  async list(where: Partial<NamespaceKey> = {}): Promise<GrantRecord[]> {
    return select(this.#knex, where);
  }

  async listByNamespaces(keys: NamespaceKey[]): Promise<GrantWithShare[]> {
    return selectWithShare(this.#knex, keys);
  }

  async groupIdentities(groups: string[]) {
    const rows = await this.#knex('kubernetes_groups')
      .whereIn('group_ref', groups)
      .select('group_ref', 'entity_uid');
    return rows.map(({ group_ref, entity_uid }) => ({
      group: group_ref,
      groupUid: entity_uid ?? undefined,
    }));
  }

  async listByGroups(
    clusterId: string,
    groups: string[],
  ): Promise<GrantRecord[]> {
    return select(this.#knex, { clusterId }, query =>
      query.whereIn('grants.group_ref', groups),
    );
  }

  async listExpiring(
    clusterId: string,
    groups: string[],
  ): Promise<GrantRecord[]> {
    return select(this.#knex, { clusterId }, query =>
      query.whereNotNull('expires_at').whereIn('grants.group_ref', groups),
    );
  }

  async lock(key: NamespaceKey): Promise<void> {
    await lockNamespace(this.#knex, key);
  }

  async replace(
    key: NamespaceKey,
    specs: GrantSpec[],
    by: string,
  ): Promise<GrantWithShare[]> {
    return this.#knex.transaction(async transaction => {
      await lockNamespace(transaction, key);
      await this.#groupNames.assign(
        specs.map(({ group }) => ({ groupRef: group })),
        transaction,
      );
      const groups = specs.map(spec => ({
        ...spec,
        group: normalizeGroupRef(spec.group),
      }));
      await this.#groupNames.identify(
        groups.map(({ group, uid }) => ({ groupRef: group, uid })),
        new Set(),
        transaction,
      );
      await replaceRows(transaction, key, groups, by);
      return selectWithShare(transaction, [key]);
    });
  }

  async deleteExpired(now: Date): Promise<GrantRecord[]> {
    return this.#knex.transaction(async transaction => {
      const expired = await select(transaction, {}, query =>
        query.where('expires_at', '<=', now.toISOString()),
      );
      await transaction<GrantRow>('grants')
        .whereIn(
          'id',
          expired.map(({ id }) => id),
        )
        .delete();
      return expired;
    });
  }
}

/** Replaces the grants of shares, in the transaction that writes the shares. */
export async function replaceShareGrants(
  transaction: Knex.Transaction,
  clusterId: string,
  homes: GroupHome[],
): Promise<void> {
  const table = () => transaction<GrantRow>('grants');
  await table()
    .where({ cluster_id: clusterId, source: 'share' })
    .whereNotIn(
      'group_ref',
      homes.map(({ groupRef }) => groupRef),
    )
    .delete();
  const kept = await table().where({ cluster_id: clusterId, source: 'share' });
  const held = new Set(
    kept.map(row => JSON.stringify([row.namespace, row.group_ref])),
  );
  const missing = homes.filter(
    ({ groupRef, home }) => !held.has(JSON.stringify([home, groupRef])),
  );
  for (const { groupRef, home } of missing) {
    const key = { cluster_id: clusterId, namespace: home, group_ref: groupRef };
    // The grant of a group in its own home namespace gives less than the share.
    await table()
      .where({ ...key, source: 'grant' })
      .delete();
    await table().insert(newRow(key, { role: 'admin', source: 'share' }));
  }
}

async function replaceRows(
  transaction: Knex.Transaction,
  { clusterId, name }: NamespaceKey,
  specs: GrantSpec[],
  by: string,
) {
  const table = () => transaction<GrantRow>('grants');
  const rows = await table().where({ cluster_id: clusterId, namespace: name });
  const shared = new Set(
    rows.filter(row => row.source === 'share').map(row => row.group_ref),
  );
  const refused = specs.filter(({ group }) => shared.has(group));
  if (refused.length > 0) {
    throw new ConflictError(
      `grants holds ${refused
        .map(({ group }) => group)
        .join(
          ', ',
        )}, whose role here comes with the share of the cluster: leave it off the list, or unshare the cluster`,
    );
  }
  // A grant is never changed in place: tokens contain its id, and may live until its original end.
  const kept = (row: GrantRow) =>
    specs.some(
      spec =>
        spec.group === row.group_ref &&
        spec.role === row.role &&
        (spec.expiresAt ?? null) === row.expires_at,
    );
  const own = rows.filter(row => row.source === 'grant');
  await table()
    .whereIn(
      'id',
      own.filter(row => !kept(row)).map(({ id }) => id),
    )
    .delete();
  const held = new Set(own.filter(kept).map(row => row.group_ref));
  for (const { group, role, expiresAt } of specs) {
    if (!held.has(group)) {
      await table().insert(
        newRow(
          { cluster_id: clusterId, namespace: name, group_ref: group },
          { role, source: 'grant', expires_at: expiresAt, created_by: by },
        ),
      );
    }
  }
}

function newRow(
  key: Pick<GrantRow, 'cluster_id' | 'namespace' | 'group_ref'>,
  more: Pick<GrantRow, 'role' | 'source'> & {
    expires_at?: string;
    created_by?: string;
  },
) {
  const now = new Date().toISOString();
  return {
    ...key,
    ...more,
    id: ulid().toLowerCase(),
    state: 'Pending',
    since: now,
    created_at: now,
  };
}

/** Serializes concurrent replacements. */
async function lockNamespace(
  transaction: Knex,
  { clusterId, name }: NamespaceKey,
) {
  const row = await transaction('namespaces')
    .where({ cluster_id: clusterId, name })
    .forUpdate()
    .first('name');
  if (!row) {
    throw new NotFoundError(`The namespace ${name} is gone`);
  }
}

async function select(
  knex: Knex,
  { clusterId, name }: Partial<NamespaceKey> = {},
  more: (query: Knex.QueryBuilder) => void = () => {},
): Promise<GrantRecord[]> {
  const rows: NamedGrantRow[] = await named(knex)
    .where({
      ...(clusterId !== undefined && { cluster_id: clusterId }),
      ...(name !== undefined && { namespace: name }),
    })
    .where(more);
  return rows.map(toRecord).sort(byGroup);
}

async function selectWithShare(
  knex: Knex,
  keys: NamespaceKey[],
): Promise<GrantWithShare[]> {
  const rows: (NamedGrantRow & { shared_with: string | null })[] = await named(
    knex,
  )
    .leftJoin('shares', join =>
      join
        .on('shares.cluster_id', 'grants.cluster_id')
        .andOn('shares.group_ref', 'grants.group_ref'),
    )
    .where(whereNamespace('grants', keys))
    .select('shares.group_ref as shared_with');
  return rows
    .map(row => ({ ...toRecord(row), shared: row.shared_with !== null }))
    .sort(byGroup);
}

function named(knex: Knex): Knex.QueryBuilder {
  return knex('grants')
    .join(
      'kubernetes_groups',
      'kubernetes_groups.group_ref',
      'grants.group_ref',
    )
    .select(
      'grants.*',
      'kubernetes_groups.name',
      'kubernetes_groups.entity_uid',
    );
}

function toRecord(row: NamedGrantRow): GrantRecord {
  return {
    id: row.id,
    clusterId: row.cluster_id,
    namespace: row.namespace,
    group: row.group_ref,
    ...(row.entity_uid !== null && { groupUid: row.entity_uid }),
    kubernetesName: row.name,
    role: row.role as GrantRecord['role'],
    source: row.source as GrantRecord['source'],
    ...(row.expires_at !== null && { expiresAt: row.expires_at }),
    ...outcomeOf(row),
    createdAt: row.created_at,
    ...(row.created_by !== null && { createdBy: row.created_by }),
  };
}

/** Sorts in code, because the databases collate "-" and "/" differently. */
function byGroup(a: GrantRecord, b: GrantRecord): number {
  return a.group < b.group ? -1 : Number(a.group > b.group);
}
