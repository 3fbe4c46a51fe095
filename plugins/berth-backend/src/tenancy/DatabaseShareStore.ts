import { NotFoundError } from '@backstage/errors';
import { Knex } from 'knex';
import { recordClusterChange } from '../database/recordClusterChange';
import { outcomeOf, OutcomeRow } from '../database/recordOutcome';
import { replaceShareGrants } from './DatabaseGrantStore';
import { DatabaseGroupNames } from './DatabaseGroupNames';
import {
  addHomeNamespaces,
  GroupHome,
  HomeCluster,
  nameHomes,
} from './homeNamespaces';
import { GroupIdentities, ShareRecord, ShareStore } from '../model/clusters';

interface ShareRow extends OutcomeRow {
  cluster_id: string;
  group_ref: string;
  /** Null for shares of earlier versions, whose home namespace has the name of the group. */
  home: string | null;
  created_at: string;
}

type NamedShareRow = ShareRow & {
  name: string;
  entity_uid: string | null;
  next_try_at: string | null;
};

/** Shares in the table `shares`, with the groups' names from `kubernetes_groups`. */
export class DatabaseShareStore implements ShareStore {
  readonly #knex: Knex;
  readonly #groupNames: DatabaseGroupNames;

  static create(knex: Knex): DatabaseShareStore {
    return new DatabaseShareStore(knex, DatabaseGroupNames.create(knex));
  }

  private constructor(knex: Knex, groupNames: DatabaseGroupNames) {
    this.#knex = knex;
    this.#groupNames = groupNames;
  }

  async list(clusterId?: string | string[]): Promise<ShareRecord[]> {
    return select(this.#knex, clusterId);
  }

  async replace(
    clusterId: string,
    wanted: string[] | ((current: ShareRecord[]) => string[]),
    names: Record<string, string> = {},
    { uids = {}, takeOver = [], only }: GroupIdentities = {},
  ): Promise<ShareRecord[]> {
    const given = new Map(
      Object.entries(names).map(([ref, name]) => [ref.toLowerCase(), name]),
    );
    return this.#knex.transaction(async transaction => {
      const cluster = await lockCluster(transaction, clusterId);
      const current = await select(transaction, clusterId);
      const shared = new Set(current.map(({ group }) => group));
      const groups = await this.#groupNames.assign(
        (typeof wanted === 'function' ? wanted(current) : wanted).map(
          groupRef => ({
            groupRef,
            given: given.get(groupRef.toLowerCase()),
            isShared: shared.has(groupRef.toLowerCase()),
          }),
        ),
        transaction,
      );
      const groupRefs = groups.map(({ groupRef }) => groupRef);
      await this.#groupNames.identify(
        groupRefs
          .filter(groupRef => !only || only.includes(groupRef))
          .map(groupRef => ({ groupRef, uid: uids[groupRef] })),
        new Set(takeOver),
        transaction,
      );
      await transaction<ShareRow>('shares')
        .where({ cluster_id: clusterId })
        .whereNotIn('group_ref', groupRefs)
        .delete();
      const homes = await nameHomes(
        transaction,
        cluster,
        groups,
        new Map(current.map(({ group, namespace }) => [group, namespace])),
      );
      await addMissing(transaction, clusterId, homes);
      await addHomeNamespaces(transaction, clusterId, homes);
      await replaceShareGrants(transaction, clusterId, homes);
      await recordClusterChange(transaction, clusterId);
      return select(transaction, clusterId);
    });
  }
}

/** Serializes concurrent replacements of the shares of one cluster. */
async function lockCluster(
  transaction: Knex.Transaction,
  clusterId: string,
): Promise<HomeCluster> {
  const cluster = await transaction('clusters')
    .where({ id: clusterId })
    .forUpdate()
    .first('namespace_prefix');
  if (!cluster) {
    throw new NotFoundError(
      `The cluster with the id ${clusterId} does not exist any more`,
    );
  }
  return {
    id: clusterId,
    namespacePrefix: cluster.namespace_prefix ?? undefined,
  };
}

async function addMissing(
  transaction: Knex.Transaction,
  clusterId: string,
  homes: GroupHome[],
) {
  if (homes.length === 0) {
    return;
  }
  const now = new Date().toISOString();
  await transaction<ShareRow>('shares')
    .insert(
      homes.map(({ groupRef, home }) => ({
        cluster_id: clusterId,
        group_ref: groupRef,
        home,
        state: 'Pending',
        since: now,
        created_at: now,
      })),
    )
    .onConflict(['cluster_id', 'group_ref'])
    .ignore();
}

async function select(
  knex: Knex,
  clusterId?: string | string[],
): Promise<ShareRecord[]> {
  const rows: NamedShareRow[] = await knex('shares')
    .join(
      'kubernetes_groups',
      'kubernetes_groups.group_ref',
      'shares.group_ref',
    )
    .leftJoin(
      'cluster_leases',
      'cluster_leases.cluster_id',
      'shares.cluster_id',
    )
    .where(query => {
      if (clusterId !== undefined) {
        query.whereIn('shares.cluster_id', [clusterId].flat());
      }
    })
    .select(
      'shares.*',
      'kubernetes_groups.name',
      'kubernetes_groups.entity_uid',
      'cluster_leases.next_try_at',
    );
  // Sorted in code, because the databases collate "-" and "/" differently.
  return rows.map(toRecord).sort((a, b) => compare(a.group, b.group));
}

function toRecord(row: NamedShareRow): ShareRecord {
  return {
    clusterId: row.cluster_id,
    group: row.group_ref,
    kubernetesName: row.name,
    namespace: row.home ?? row.name,
    ...(row.entity_uid !== null && { groupUid: row.entity_uid }),
    ...outcomeOf(row),
    ...(row.state === 'Failed' &&
      row.next_try_at !== null && { nextTryAt: row.next_try_at }),
  };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
