import { Knex } from 'knex';
import { writeUnderLease } from '../leases/writeUnderLease';
import { FencingToken } from '../types';
import { Hold } from './hold';

/** The deletions that are held on each cluster. */
export interface HoldStore {
  get(clusterId: string): Promise<Hold | undefined>;
  /** Records a hold; undefined if nothing is held any more. */
  set(fencingToken: FencingToken, hold: Hold | undefined): Promise<void>;
  /**
   * Records a hold that an admin confirmed. This needs no lease, because the replica that works on the cluster
   * may not know the hold yet.
   */
  confirm(clusterId: string, hold: Hold): Promise<void>;
}

/**
 * A table for holds: one for objects that the portal no longer wants, one for objects that are left from
 * before a restore.
 */
type HoldTable = 'deletion_holds' | 'leftover_holds';

interface HoldRow {
  cluster_id: string;
  /** `HeldObject[]` as JSON; rows of earlier versions have only the keys. */
  objects: string;
  since: string;
  confirmed_at: string | null;
}

interface HeldObject {
  key: string;
  since: string;
  confirmed: boolean;
}

/** Holds in one table of the database. */
export class DatabaseHoldStore implements HoldStore {
  readonly #knex: Knex;
  readonly #table: HoldTable;

  static create(
    knex: Knex,
    table: HoldTable = 'deletion_holds',
  ): DatabaseHoldStore {
    return new DatabaseHoldStore(knex, table);
  }

  private constructor(knex: Knex, table: HoldTable) {
    this.#knex = knex;
    this.#table = table;
  }

  async get(clusterId: string): Promise<Hold | undefined> {
    const row = await this.#knex<HoldRow>(this.#table)
      .where({ cluster_id: clusterId })
      .first();
    return row && readHold(row);
  }

  async set(fencingToken: FencingToken, hold: Hold | undefined): Promise<void> {
    await writeUnderLease(this.#knex, fencingToken, async transaction => {
      if (hold) {
        await this.#put(transaction, rowOf(fencingToken.clusterId, hold));
      } else {
        await transaction<HoldRow>(this.#table)
          .where({ cluster_id: fencingToken.clusterId })
          .delete();
      }
    });
  }

  async confirm(clusterId: string, hold: Hold): Promise<void> {
    await this.#put(this.#knex, rowOf(clusterId, hold));
  }

  async #put(knex: Knex, row: HoldRow): Promise<void> {
    await knex<HoldRow>(this.#table)
      .insert(row)
      .onConflict('cluster_id')
      .merge();
  }
}

function readHold(row: HoldRow): Hold {
  const objects = JSON.parse(row.objects) as (string | HeldObject)[];
  const whole = {
    since: new Date(row.since),
    confirmed: row.confirmed_at !== null,
  };
  return new Map(
    objects.map(one =>
      typeof one === 'string'
        ? [one, whole]
        : [one.key, { since: new Date(one.since), confirmed: one.confirmed }],
    ),
  );
}

function rowOf(clusterId: string, hold: Hold): HoldRow {
  const objects = [...hold].map(
    ([key, { since, confirmed }]): HeldObject => ({
      key,
      since: since.toISOString(),
      confirmed,
    }),
  );
  return {
    cluster_id: clusterId,
    objects: JSON.stringify(objects),
    since: objects.map(({ since }) => since).sort()[0],
    confirmed_at: objects.every(({ confirmed }) => confirmed)
      ? new Date().toISOString()
      : null,
  };
}
