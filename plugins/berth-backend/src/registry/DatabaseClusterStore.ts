import { ConflictError, NotFoundError } from '@backstage/errors';
import { ClusterStatus } from '@berth/plugin-berth-common';
import { Knex } from 'knex';
import { ulid } from 'ulid';
import { matches } from './clusterQuery';
import {
  ClusterFilter,
  ClusterRecord,
  ClusterSettings,
  ClusterStore,
} from './types';

interface ClusterRow {
  id: string;
  name: string;
  title: string | null;
  api_server: string;
  ca_pem: string;
  connection: string;
  username_prefix: string;
  groups_prefix: string;
  status: string;
  created_at: string;
  updated_at: string;
}

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
    settings: Partial<Omit<ClusterSettings, 'name'>>,
  ): Promise<ClusterRecord> {
    const [row] = await this.#table()
      .where({ id })
      .update({ ...toColumns(settings), updated_at: new Date().toISOString() })
      .returning('*');
    if (!row) {
      throw new NotFoundError(`The cluster with the id ${id} is gone`);
    }
    return toRecord(row);
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

/** Only of the settings that are there, so that an update leaves the rest alone. */
function toColumns(settings: Partial<ClusterSettings>): Partial<ClusterRow> {
  return {
    ...(settings.title !== undefined && { title: settings.title || null }),
    ...(settings.apiServer !== undefined && { api_server: settings.apiServer }),
    ...(settings.caPem !== undefined && { ca_pem: settings.caPem }),
    ...(settings.connection !== undefined && {
      connection: settings.connection,
    }),
    ...(settings.usernamePrefix !== undefined && {
      username_prefix: settings.usernamePrefix,
    }),
    ...(settings.groupsPrefix !== undefined && {
      groups_prefix: settings.groupsPrefix,
    }),
  };
}

function toRecord(row: ClusterRow): ClusterRecord {
  return {
    id: row.id,
    name: row.name,
    ...(row.title !== null && { title: row.title }),
    apiServer: row.api_server,
    caPem: row.ca_pem,
    connection: row.connection as ClusterRecord['connection'],
    usernamePrefix: row.username_prefix,
    groupsPrefix: row.groups_prefix,
    status: JSON.parse(row.status) as ClusterStatus,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}
