import { ConflictError, NotFoundError } from '@backstage/errors';
import { ClusterStatus } from '@berth/plugin-berth-common';
import { Knex } from 'knex';
import { ulid } from 'ulid';
import { StoredCredential } from '../model/credentials';
import { DatabaseCredentialStore } from './connection/DatabaseCredentialStore';
import { ClusterRow, toColumns, toRecord } from './clusterRow';
import { matches } from '../database/clusterQuery';
import { rememberPersonalBindings } from '../database/formerPersonalBindings';
import { changedMeanwhile } from '../validation/preconditions';
import {
  ClusterChange,
  ClusterFilter,
  ClusterRecord,
  ClusterSettings,
  ClusterStore,
} from '../model/clusters';

/** Keeps a cluster's credential together with the cluster. */
type CredentialWriter = Pick<DatabaseCredentialStore, 'write'>;

const NO_CREDENTIALS: CredentialWriter = {
  async write(_, clusterId, credential) {
    if (credential) {
      throw new Error(
        `No store is configured for the credential of the cluster with the id ${clusterId}`,
      );
    }
  },
};

/** Clusters in the table `clusters`. */
export class DatabaseClusterStore implements ClusterStore {
  readonly #knex: Knex;
  readonly #credentials: CredentialWriter;
  /** Names by id of all clusters that were read; neither the name nor the id of a cluster changes. */
  readonly #names = new Map<string, string>();

  static create(
    knex: Knex,
    credentials: CredentialWriter = NO_CREDENTIALS,
  ): DatabaseClusterStore {
    return new DatabaseClusterStore(knex, credentials);
  }

  private constructor(knex: Knex, credentials: CredentialWriter) {
    this.#knex = knex;
    this.#credentials = credentials;
  }

  async list(filter: ClusterFilter = {}): Promise<ClusterRecord[]> {
    const rows: ClusterRow[] = await this.#table()
      .where(matches(filter))
      .orderBy('name');
    return rows.map(toRecord);
  }

  async idsOf(names: string[]): Promise<string[]> {
    return this.#table().whereIn('name', names).pluck('id');
  }

  async namesOf(ids: string[]): Promise<Map<string, string>> {
    const unknown = ids.filter(id => !this.#names.has(id));
    if (unknown.length > 0) {
      const rows = await this.#table()
        .whereIn('id', unknown)
        .select('id', 'name');
      rows.forEach(({ id, name }) => this.#names.set(id, name));
    }
    return new Map(
      ids.flatMap(id => {
        const name = this.#names.get(id);
        return name === undefined ? [] : [[id, name]];
      }),
    );
  }

  async nextTriesOf(ids: string[]): Promise<Map<string, string>> {
    const rows = await this.#knex('cluster_leases')
      .whereIn('cluster_id', ids)
      .whereNotNull('next_try_at')
      .select('cluster_id', 'next_try_at');
    return new Map(rows.map(row => [row.cluster_id, row.next_try_at]));
  }

  async get(name: string): Promise<ClusterRecord | undefined> {
    const row = await this.#table().where({ name }).first();
    return row && toRecord(row);
  }

  async getById(id: string): Promise<ClusterRecord | undefined> {
    const row = await this.#table().where({ id }).first();
    return row && toRecord(row);
  }

  async create(
    settings: ClusterSettings,
    credential?: StoredCredential,
  ): Promise<ClusterRecord> {
    const now = new Date().toISOString();
    const status: ClusterStatus = { state: 'Pending', since: now };
    return this.#knex.transaction(async transaction => {
      const [row] = await transaction<ClusterRow>('clusters')
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
          `name "${settings.name}" is taken: there is a cluster of that name. Choose another name`,
        );
      }
      if (credential) {
        await this.#credentials.write(transaction, row.id, credential);
      }
      return toRecord(row);
    });
  }

  async update(
    id: string,
    change: ClusterChange,
    revision?: number,
    credential?: StoredCredential,
  ): Promise<ClusterRecord> {
    return this.#knex.transaction(async transaction => {
      const table = () => transaction<ClusterRow>('clusters').where({ id });
      const before = await table().forUpdate().first();
      if (!before) {
        throw new NotFoundError(
          `The cluster with the id ${id} does not exist any more`,
        );
      }
      if (revision !== undefined && before.revision !== revision) {
        throw changedMeanwhile(`The cluster "${before.name}"`);
      }
      const [row] = await table()
        .update({
          ...toColumns(change),
          revision: before.revision + 1,
          updated_at: new Date().toISOString(),
        })
        .returning('*');
      if (credential || row.connection !== before.connection) {
        await this.#credentials.write(transaction, id, credential);
      }
      return toRecord(row);
    });
  }

  async setStatus(id: string, status: ClusterStatus): Promise<void> {
    await this.#table()
      .where({ id })
      .update({ status: JSON.stringify(status) });
  }

  async pin(id: string, kubeSystemUid: string): Promise<void> {
    await this.#table()
      .where({ id })
      .whereNull('kube_system_uid')
      .update({ kube_system_uid: kubeSystemUid });
  }

  async setConfigMissing(id: string, missing: boolean): Promise<void> {
    const rows = this.#table().where({ id });
    await (missing
      ? rows
          .whereNull('config_missing_since')
          .update({ config_missing_since: new Date().toISOString() })
      : rows.update({ config_missing_since: null }));
  }

  async delete(id: string): Promise<void> {
    await this.#knex.transaction(async transaction => {
      const table = () => transaction<ClusterRow>('clusters').where({ id });
      const row = await table().forUpdate().first();
      const now = new Date().toISOString();
      await rememberPersonalBindings(transaction, id, now);
      await table().delete();
      if (row?.kube_system_uid) {
        // A later registration of the same cluster may take over what this one made.
        await transaction('former_clusters').insert({
          id,
          name: row.name,
          kube_system_uid: row.kube_system_uid,
          deleted_at: now,
        });
      }
    });
  }

  #table() {
    return this.#knex<ClusterRow>('clusters');
  }
}
