import { Knex } from 'knex';
import { fenced } from '../leases/fenced';
import { Fence } from '../types';
import { Hold } from './hold';

/** What is held back on clusters. */
export interface HoldStore {
  get(clusterId: string): Promise<Hold | undefined>;
  /** Undefined where nothing is held any more. */
  set(fence: Fence, hold: Hold | undefined): Promise<void>;
  /** Says that it is meant; kept although the replica that works on the cluster has not seen it yet. */
  confirm(clusterId: string, hold: Hold): Promise<void>;
}

interface HoldRow {
  cluster_id: string;
  objects: string;
  since: string;
  confirmed_at: string | null;
}

/** What is held back, in the table `deletion_holds`. */
export class DatabaseHoldStore implements HoldStore {
  readonly #knex: Knex;

  static create(knex: Knex): DatabaseHoldStore {
    return new DatabaseHoldStore(knex);
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  async get(clusterId: string): Promise<Hold | undefined> {
    const row = await this.#knex<HoldRow>('deletion_holds')
      .where({ cluster_id: clusterId })
      .first();
    return (
      row && {
        objects: JSON.parse(row.objects) as string[],
        since: new Date(row.since),
        confirmed: row.confirmed_at !== null,
      }
    );
  }

  async set(fence: Fence, hold: Hold | undefined): Promise<void> {
    await fenced(this.#knex, fence, async transaction => {
      if (hold) {
        await put(transaction, rowOf(fence.clusterId, hold));
      } else {
        await transaction<HoldRow>('deletion_holds')
          .where({ cluster_id: fence.clusterId })
          .delete();
      }
    });
  }

  async confirm(clusterId: string, hold: Hold): Promise<void> {
    await put(this.#knex, rowOf(clusterId, { ...hold, confirmed: true }));
  }
}

function rowOf(clusterId: string, hold: Hold): HoldRow {
  return {
    cluster_id: clusterId,
    objects: JSON.stringify(hold.objects),
    since: hold.since.toISOString(),
    confirmed_at: hold.confirmed ? new Date().toISOString() : null,
  };
}

async function put(knex: Knex, row: HoldRow): Promise<void> {
  await knex<HoldRow>('deletion_holds')
    .insert(row)
    .onConflict('cluster_id')
    .merge();
}
