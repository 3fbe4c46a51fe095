import { ConflictError, NotFoundError } from '@backstage/errors';
import { ClusterStatus } from '@berth/plugin-berth-common';
import { Knex } from 'knex';
import { ulid } from 'ulid';
import { ClusterRow, toColumns, toRecord } from './clusterRow';
import { matches } from './clusterQuery';
import { assertRevision } from './revision';
import {
  ClusterChange,
  ClusterFilter,
  ClusterRecord,
  ClusterSettings,
  ClusterStore,
} from './types';

/** Clusters in the table `clusters`. */
export class DatabaseClusterStore implements ClusterStore {
  readonly #knex: Knex;

  static create(knex: Knex): DatabaseClusterStore {
    return new DatabaseClusterStore(knex);
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  async list(filter: ClusterFilter = {}): Promise<ClusterRecord[]> {
    const rows: ClusterRow[] = await this.#table()
      .where(matches(filter))
      .orderBy('name');
    return rows.map(toRecord);
  }

  async get(name: string): Promise<ClusterRecord | undefined> {
    const row = await this.#table().where({ name }).first();
    return row && toRecord(row);
  }

  async getById(id: string): Promise<ClusterRecord | undefined> {
    const row = await this.#table().where({ id }).first();
    return row && toRecord(row);
  }

  async create(settings: ClusterSettings): Promise<ClusterRecord> {
    const now = new Date().toISOString();
    const status: ClusterStatus = { state: 'Pending', since: now };
    const [row] = await this.#table()
      .insert({
        ...toColumns(settings),
        id: ulid(),
        name: settings.name,
        owner: settings.owner ?? 'api',
        revision: 1,
        status: JSON.stringify(status),
        created_at: now,
        updated_at: now,
      })
      .onConflict('name')
      .ignore()
      .returning('*');
    if (!row) {
      throw new ConflictError(
        `A cluster called "${settings.name}" exists already; choose another name`,
      );
    }
    return toRecord(row);
  }

  async update(
    id: string,
    change: ClusterChange,
    revision?: number,
  ): Promise<ClusterRecord> {
    return this.#knex.transaction(async transaction => {
      const table = () => transaction<ClusterRow>('clusters').where({ id });
      const before = await table().forUpdate().first();
      if (!before) {
        throw new NotFoundError(`The cluster with the id ${id} is gone`);
      }
      assertRevision(before, revision);
      const [row] = await table()
        .update({
          ...toColumns(change),
          revision: before.revision + 1,
          updated_at: new Date().toISOString(),
        })
        .returning('*');
      return toRecord(row);
    });
  }

  async setStatus(id: string, status: ClusterStatus): Promise<void> {
    await this.#table()
      .where({ id })
      .update({ status: JSON.stringify(status) });
  }

  async delete(id: string): Promise<void> {
    await this.#table().where({ id }).delete();
  }

  #table() {
    return this.#knex<ClusterRow>('clusters');
  }
}
