import { Knex } from 'knex';
import { Batcher } from '../database/Batcher';
import { ActivityRow } from './activityRow';

/** An entry has eleven columns, and SQLite takes a few thousand values in a statement. */
const BATCH = 100;
/** Rows of groups in a statement. */
const CHUNK = 1_000;

export interface GroupRow {
  entry_id: string;
  group_ref: string;
  group_uid: string | null;
}

/** An entry, and the groups that it adds. */
export interface WrittenEntry {
  row: ActivityRow;
  groups: GroupRow[];
}

type Written = { error?: unknown };

/**
 * Writes entries of the activity log in a group commit: entries that arrive while others are being written are
 * written together, in one statement.
 */
export class ActivityWriter {
  readonly #knex: Knex;
  readonly #batcher = new Batcher<WrittenEntry, Written>({
    maxSize: BATCH,
    run: entries => this.#writeAll(entries),
  });

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  /**
   * Inserts or replaces an entry. Resolves after the commit.
   *
   * @throws the error of this entry; entries that are written with it are not affected
   */
  async write(entry: WrittenEntry): Promise<void> {
    const written = await this.#batcher.add(entry);
    if ('error' in written) {
      throw written.error;
    }
  }

  async #writeAll(entries: WrittenEntry[]): Promise<Written[]> {
    try {
      await this.#commit(entries);
      return entries.map(() => ({}));
    } catch (error) {
      return entries.length === 1
        ? [{ error }]
        : // One bad entry fails the statement for all.
          Promise.all(entries.map(entry => this.#writeAlone(entry)));
    }
  }

  async #writeAlone(entry: WrittenEntry): Promise<Written> {
    try {
      await this.#commit([entry]);
      return {};
    } catch (error) {
      return { error };
    }
  }

  async #commit(entries: WrittenEntry[]): Promise<void> {
    const rows = entries.map(({ row }) => row);
    const groups = entries.flatMap(entry => entry.groups);
    if (groups.length === 0) {
      await upsert(this.#knex, rows);
      return;
    }
    await this.#knex.transaction(async transaction => {
      await upsert(transaction, rows);
      for (let from = 0; from < groups.length; from += CHUNK) {
        await transaction('activity_groups')
          .insert(groups.slice(from, from + CHUNK))
          .onConflict()
          .ignore();
      }
    });
  }
}

async function upsert(knex: Knex, rows: ActivityRow[]): Promise<void> {
  await knex<ActivityRow>('activity').insert(rows).onConflict('id').merge();
}
