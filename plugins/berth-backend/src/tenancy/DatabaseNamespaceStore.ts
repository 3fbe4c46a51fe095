import { ConflictError, NotFoundError } from '@backstage/errors';
import { Knex } from 'knex';
import { homeNamesOf } from './homeNamespaces';
import { NamespacePages } from './listing/NamespacePages';
import { NamespaceRow, toRecord } from './namespaceRow';
import {
  NamespaceChange,
  NamespaceFilter,
  NamespaceKey,
  NamespaceObservation,
  NamespaceRecord,
  NamespaceStore,
  NewNamespace,
} from '../model/tenancy';
import { PageRequest } from '../model/paging';
import { atField } from '../text/fieldProblems';

/** Namespaces in the table `namespaces`. */
export class DatabaseNamespaceStore implements NamespaceStore {
  readonly #knex: Knex;
  readonly #pages: NamespacePages;

  static create(knex: Knex): DatabaseNamespaceStore {
    return new DatabaseNamespaceStore(knex);
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
    this.#pages = new NamespacePages(knex);
  }

  async list(filter: NamespaceFilter, request: PageRequest) {
    const page = await this.#pages.read(filter, request);
    return { ...page, items: page.items.map(toRecord) };
  }

  async listByCluster(clusterId: string): Promise<NamespaceRecord[]> {
    const rows = await this.#table().where({ cluster_id: clusterId });
    return rows.map(toRecord);
  }

  async get(key: NamespaceKey): Promise<NamespaceRecord | undefined> {
    const row = await this.#table().where(columnsOf(key)).first();
    return row && toRecord(row);
  }

  async create(namespace: NewNamespace): Promise<NamespaceRecord> {
    const { clusterId, name, owner } = namespace;
    return this.#knex.transaction(async transaction => {
      const holders = await homeHolders(transaction, { clusterId, name });
      if (!isFor(holders, owner)) {
        throw atField(
          new ConflictError(
            `name "${name}" is kept for the home namespace of ${holders.join(
              ' and ',
            )}; choose another name, or make that group the owner`,
          ),
          'name',
        );
      }
      const now = new Date().toISOString();
      const [row] = await transaction<NamespaceRow>('namespaces')
        .insert({
          cluster_id: clusterId,
          name,
          owner_ref: owner ?? null,
          system_ref: namespace.system ?? null,
          origin: namespace.origin ?? 'request',
          purpose: namespace.purpose ?? null,
          phase: 'Pending',
          state: 'Pending',
          since: now,
          created_at: now,
          created_by: namespace.createdBy ?? null,
        })
        .onConflict(['cluster_id', 'name'])
        .ignore()
        .returning('*');
      if (!row) {
        throw atField(
          new ConflictError(
            `name "${name}" is taken: there is a namespace of that name on the cluster already`,
          ),
          'name',
        );
      }
      return toRecord(row);
    });
  }

  async update(key: NamespaceKey, change: NamespaceChange) {
    return this.#knex.transaction(async transaction => {
      const table = () =>
        transaction<NamespaceRow>('namespaces').where(columnsOf(key));
      // Locks the namespace before checking who has its name. Sharing assigns names, and waits for this lock.
      const row = await table().forUpdate().first();
      if (!row) {
        throw new NotFoundError(`The namespace ${key.name} is gone`);
      }
      const { owner, system, purpose } = change;
      if (owner !== undefined && owner !== row.owner_ref) {
        await assertMayOwn(transaction, row, owner);
      }
      const [changed] = await table()
        .update({
          ...(owner !== undefined && { owner_ref: owner }),
          ...(system !== undefined && { system_ref: system }),
          ...(purpose !== undefined && { purpose }),
        })
        .returning('*');
      return { before: toRecord(row), after: toRecord(changed) };
    });
  }

  async markCreated(key: NamespaceKey): Promise<void> {
    await this.#table()
      .where({ ...columnsOf(key), origin: 'adopted' })
      .update({ origin: 'request' });
  }

  async markDeleting(key: NamespaceKey): Promise<void> {
    await this.#table()
      .where(columnsOf(key))
      .update({ deleting_since: new Date().toISOString() });
  }

  async unmarkDeleting(key: NamespaceKey): Promise<void> {
    await this.#table().where(columnsOf(key)).update({ deleting_since: null });
  }

  async remove(key: NamespaceKey): Promise<void> {
    await this.#table().where(columnsOf(key)).delete();
  }

  async observe(key: NamespaceKey, seen: NamespaceObservation): Promise<void> {
    const [row] = await this.#table()
      .where(columnsOf(key))
      .update({
        phase: seen.phase,
        terminating: seen.terminating ? JSON.stringify(seen.terminating) : null,
        uid: seen.uid ?? null,
      })
      .returning('origin');
    if (row?.origin === 'personal' && seen.uid !== undefined) {
      await this.#knex('personal_namespaces')
        .where({ cluster_id: key.clusterId, namespace: key.name, made: false })
        .update({ made: true });
    }
  }

  #table() {
    return this.#knex<NamespaceRow>('namespaces');
  }
}

async function assertMayOwn(
  transaction: Knex.Transaction,
  { cluster_id, name, origin, owner_ref }: NamespaceRow,
  owner: string | null,
): Promise<void> {
  if (origin === 'share') {
    throw atField(
      new ConflictError(
        `owner ${
          owner ?? 'null'
        } is refused: ${name} is the home namespace of ${owner_ref}, which keeps it. To take the cluster from that group, unshare it`,
      ),
      'owner',
    );
  }
  if (origin === 'personal') {
    throw atField(
      new ConflictError(
        `owner ${
          owner ?? 'null'
        } is refused: ${name} is the personal namespace of ${owner_ref}. Transfer it to another owner`,
      ),
      'owner',
    );
  }
  await assertNameFreeFor(transaction, { clusterId: cluster_id, name }, owner);
}

/** @throws ConflictError if the name is kept for the home namespace of another group than the owner */
export async function assertNameFreeFor(
  transaction: Knex.Transaction,
  { clusterId, name }: NamespaceKey,
  owner: string | null,
): Promise<void> {
  const holders = await homeHolders(transaction, { clusterId, name });
  if (!isFor(holders, owner)) {
    throw atField(
      new ConflictError(
        `owner ${
          owner ?? 'null'
        } is refused: ${name} is kept for the home namespace of ${holders.join(
          ' and ',
        )}, so a namespace with this name can belong only to that group`,
      ),
      'owner',
    );
  }
}

/** Returns the groups for whose home namespaces a name is kept. */
async function homeHolders(
  transaction: Knex.Transaction,
  { clusterId, name }: NamespaceKey,
): Promise<string[]> {
  const cluster = await transaction('clusters')
    .where({ id: clusterId })
    .first('namespace_prefix');
  const rows = await transaction('kubernetes_groups')
    .whereIn('name', homeNamesOf(name, cluster?.namespace_prefix ?? undefined))
    .orderBy('group_ref')
    .select('group_ref');
  return rows.map(row => row.group_ref);
}

function isFor(holders: string[], owner: string | null | undefined): boolean {
  return holders.length === 0 || holders.some(holder => holder === owner);
}

function columnsOf({ clusterId, name }: NamespaceKey) {
  return { cluster_id: clusterId, name };
}
