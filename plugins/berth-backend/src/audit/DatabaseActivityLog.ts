import { ActivityEntry } from '@berth/plugin-berth-common';
import { Knex } from 'knex';
import { monotonicFactory } from 'ulid';
import { readPage } from '../database/readPage';
import { PageRequest, PositionedPage } from '../model/paging';
import { firstIdAt, matchesActivity } from './activityCondition';
import { ActivityRow, columnsOf, toEntry } from './activityRow';
import { ActivityWriter, GroupRow } from './ActivityWriter';
import {
  Activity,
  ActivityCondition,
  ActivityEnd,
  ActivityLog,
  ActivityReader,
  StartedActivity,
} from './types';

const MAX_GROUPS = 500;
const DELETE_BATCH = 1_000;

/** All rows have all columns, so that one statement inserts several. */
const EMPTY = {
  actor: '',
  actor_uid: null,
  event: '',
  error: null,
  cluster_id: null,
  cluster_name: null,
  namespace: null,
  jti: null,
  meta: null,
};

export interface DatabaseActivityLogOptions {
  /** Returns the catalog entities that have the Kubernetes names of some groups. */
  groupIdentities(
    groups: string[],
  ): Promise<{ group: string; groupUid?: string }[]>;
}

/** The activity log in the tables `activity` and `activity_groups`. */
export class DatabaseActivityLog implements ActivityLog, ActivityReader {
  readonly #knex: Knex;
  readonly #options: DatabaseActivityLogOptions;
  readonly #writer: ActivityWriter;
  readonly #nextId = monotonicFactory();

  static create(
    knex: Knex,
    options: DatabaseActivityLogOptions,
  ): DatabaseActivityLog {
    return new DatabaseActivityLog(knex, options);
  }

  private constructor(knex: Knex, options: DatabaseActivityLogOptions) {
    this.#knex = knex;
    this.#options = options;
    this.#writer = new ActivityWriter(knex);
  }

  async record(activity: Activity & ActivityEnd): Promise<void> {
    await this.#insert(activity);
  }

  async begin(activity: Activity): Promise<StartedActivity> {
    const row = await this.#insert({ ...activity, outcome: 'Started' });
    return { end: end => this.#end(row, activity, end) };
  }

  async list(
    condition: ActivityCondition,
    request: PageRequest,
  ): Promise<PositionedPage<ActivityEntry>> {
    const page = await readPage<ActivityRow>(
      {
        keys: [{ sql: 'activity.id', of: ({ id }) => id }],
        order: 'desc',
        read: inPage =>
          this.#knex('activity')
            .select('activity.*')
            .where(matchesActivity(condition))
            .modify(inPage),
      },
      request,
    );
    const groups = await this.#groupsOf(page.items.map(({ id }) => id));
    const items = page.items.map(row => toEntry(row, groups.get(row.id) ?? []));
    return { ...page, items };
  }

  async deleteBefore(before: Date, signal?: AbortSignal): Promise<number> {
    let forgotten = 0;
    let last = DELETE_BATCH;
    while (last === DELETE_BATCH && !signal?.aborted) {
      last = await this.#knex('activity')
        .whereIn('id', old =>
          old
            .select('id')
            .from('activity')
            .where('id', '<', firstIdAt(before))
            .orderBy('id')
            .limit(DELETE_BATCH),
        )
        .delete();
      forgotten += last;
    }
    return forgotten;
  }

  async #insert(
    activity: Activity & { outcome: ActivityEntry['outcome']; error?: string },
  ): Promise<ActivityRow> {
    const now = new Date();
    const id = this.#nextId(now.getTime());
    const row: ActivityRow = {
      ...EMPTY,
      ...columnsOf(activity as Activity & ActivityEnd),
      outcome: activity.outcome,
      id,
      at: now.toISOString(),
    };
    const groups = await this.#groupRows(id, activity);
    await this.#writer.write({ row, groups });
    return row;
  }

  async #end(
    begun: ActivityRow,
    activity: Activity,
    end: ActivityEnd,
  ): Promise<void> {
    const meta = { ...activity.meta, ...end.meta };
    const columns = columnsOf({
      ...end,
      ...(activity.meta || end.meta ? { meta } : {}),
    });
    const groups = await this.#groupRows(begun.id, end);
    await this.#writer.write({ row: { ...begun, ...columns }, groups });
  }

  async #groupRows(
    entryId: string,
    { groups = [], owner }: Pick<Activity, 'groups' | 'owner'>,
  ): Promise<GroupRow[]> {
    const ownerRows = owner
      ? [{ entry_id: entryId, group_ref: owner.user, group_uid: owner.uid }]
      : [];
    if (groups.length === 0) {
      return ownerRows;
    }
    const refs = [...new Set(groups)].slice(0, MAX_GROUPS);
    const holders = await this.#options.groupIdentities(refs);
    const uids = new Map(holders.map(it => [it.group, it.groupUid]));
    const groupRows = refs.map(ref => ({
      entry_id: entryId,
      group_ref: ref,
      group_uid: uids.get(ref) ?? null,
    }));
    return [...ownerRows, ...groupRows];
  }

  async #groupsOf(ids: string[]): Promise<Map<string, string[]>> {
    const rows = await this.#knex('activity_groups')
      .whereIn('entry_id', ids)
      .orderBy(['entry_id', 'group_ref']);
    const groups = new Map<string, string[]>();
    for (const { entry_id, group_ref } of rows) {
      groups.set(entry_id, [...(groups.get(entry_id) ?? []), group_ref]);
    }
    return groups;
  }
}
