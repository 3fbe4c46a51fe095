import { Knex } from 'knex';
import { PackStates, PackStore } from './types';

interface PackRow {
  cluster_id: string;
  states: string;
  since: string;
}

/** The table `pack_states`. */
export class DatabasePackStore implements PackStore {
  readonly #knex: Knex;

  static create(knex: Knex): DatabasePackStore {
    return new DatabasePackStore(knex);
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  async get(clusterId: string): Promise<PackStates | undefined> {
    const row = await this.#table()
      .where({ cluster_id: clusterId })
      .first('states');
    return row && JSON.parse(row.states);
  }

  async set(clusterId: string, states: PackStates | undefined): Promise<void> {
    if (!states) {
      await this.#table().where({ cluster_id: clusterId }).delete();
      return;
    }
    const row = {
      states: JSON.stringify(states),
      since: new Date().toISOString(),
    };
    await this.#table()
      .insert({ cluster_id: clusterId, ...row })
      .onConflict('cluster_id')
      .merge(row);
  }

  #table() {
    return this.#knex<PackRow>('pack_states');
  }
}
