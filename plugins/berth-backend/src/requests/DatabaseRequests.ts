import { Knex } from 'knex';
import { noteClusterChange } from '../database/noteClusterChange';
import { TenancyStores } from '../model/tenancy';
import { DatabaseRequestStore } from './DatabaseRequestStore';
import { RequestDatabase, RequestStores } from './types';

/** Creates the stores of namespaces, grants and quotas for a connection or a transaction. */
export type TenancyIn = (knex: Knex) => TenancyStores;

/** Requests, and the tenancy that they are about, in the database. */
export class DatabaseRequests implements RequestDatabase {
  readonly requests: DatabaseRequestStore;
  readonly tenancy: TenancyStores;
  readonly #knex: Knex;
  readonly #tenancyIn: TenancyIn;

  static create(knex: Knex, tenancyIn: TenancyIn): DatabaseRequests {
    return new DatabaseRequests(knex, tenancyIn);
  }

  private constructor(knex: Knex, tenancyIn: TenancyIn) {
    this.#knex = knex;
    this.#tenancyIn = tenancyIn;
    this.requests = DatabaseRequestStore.create(knex);
    this.tenancy = tenancyIn(knex);
  }

  async noteChange(clusterId: string): Promise<void> {
    await noteClusterChange(this.#knex, clusterId);
  }

  async atOnce<T>(work: (stores: RequestStores) => Promise<T>): Promise<T> {
    return this.#knex.transaction(transaction =>
      work(new DatabaseRequests(transaction, this.#tenancyIn)),
    );
  }
}
