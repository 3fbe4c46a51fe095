import { Knex } from 'knex';
import { DatabaseGrantStore } from './DatabaseGrantStore';
import { DatabaseNamespaceStore } from './DatabaseNamespaceStore';
import { DatabasePersonalNamespaceStore } from './DatabasePersonalNamespaceStore';
import { DatabaseQuotaStore } from './DatabaseQuotaStore';
import { Tenancy, TenancyStores } from '../model/tenancy';

/** Tenancy in the database. */
export class DatabaseTenancy implements Tenancy {
  readonly namespaces: DatabaseNamespaceStore;
  readonly personal: DatabasePersonalNamespaceStore;
  readonly grants: DatabaseGrantStore;
  readonly quotas: DatabaseQuotaStore;
  readonly #knex: Knex;

  static create(knex: Knex): DatabaseTenancy {
    return new DatabaseTenancy(knex);
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
    this.namespaces = DatabaseNamespaceStore.create(knex);
    this.personal = DatabasePersonalNamespaceStore.create(knex);
    this.grants = DatabaseGrantStore.create(knex);
    this.quotas = DatabaseQuotaStore.create(knex);
  }

  async transaction<T>(
    work: (stores: TenancyStores) => Promise<T>,
  ): Promise<T> {
    return this.#knex.transaction(transaction =>
      work(new DatabaseTenancy(transaction)),
    );
  }
}
