import { Knex } from 'knex';
import { noteClusterChange } from '../database/noteClusterChange';
import { DatabaseTenancy } from '../tenancy/DatabaseTenancy';
import { DatabaseRequestStore } from './DatabaseRequestStore';
import { RequestDatabase, RequestStores } from './types';

/** Requests, and the tenancy that they are about, in the database. */
export class DatabaseRequests implements RequestDatabase {
  readonly requests: DatabaseRequestStore;
  readonly tenancy: DatabaseTenancy;
  readonly #knex: Knex;

  static create(knex: Knex): DatabaseRequests {
    return new DatabaseRequests(knex);
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
    this.requests = DatabaseRequestStore.create(knex);
    this.tenancy = DatabaseTenancy.create(knex);
  }

  async noteChange(clusterId: string): Promise<void> {
    await noteClusterChange(this.#knex, clusterId);
  }

  async atOnce<T>(work: (stores: RequestStores) => Promise<T>): Promise<T> {
    return this.#knex.transaction(transaction =>
      work(new DatabaseRequests(transaction)),
    );
  }
}
