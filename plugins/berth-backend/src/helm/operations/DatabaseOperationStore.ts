import { HelmOperationLine } from '@berth/plugin-berth-common';
import { Knex } from 'knex';
import { KeyCipher } from '../../crypto/KeyCipher';
import { readPage } from '../../database/readPage';
import { PageRequest, PositionedPage } from '../../model/paging';
import { storedText } from '../../text/storedText';
import { assertRoom } from './conflicts';
import { lockCounts } from './lockCounts';
import {
  COLUMNS,
  LineRow,
  newRow,
  OperationRow,
  ReadRow,
  toRecord,
} from './operationRows';
import { OperationSeal } from './OperationSeal';
import {
  Claim,
  NewLine,
  NewOperation,
  OperationEnd,
  OperationFilter,
  OperationLimits,
  OperationLostError,
  OperationRecord,
  OperationStore,
  OperationWork,
} from './types';

const LIVE = ['Queued', 'Running', 'Observing'] as const;
const WORKED_ON = ['Running', 'Observing'] as const;
const DELETE_BATCH = 200;
const CANCELLED_BEFORE_START = 'It was cancelled before it started';

export interface DatabaseOperationStoreOptions {
  /** Encrypts what operations run, and what helm writes. */
  cipher: KeyCipher;
  limits: OperationLimits;
}

/** Operations in the tables `helm_operations` and `helm_operation_lines`. */
export class DatabaseOperationStore implements OperationStore {
  readonly #knex: Knex;
  readonly #limits: OperationLimits;
  readonly #seal: OperationSeal;

  static create(
    knex: Knex,
    options: DatabaseOperationStoreOptions,
  ): DatabaseOperationStore {
    return new DatabaseOperationStore(knex, options);
  }

  private constructor(
    knex: Knex,
    { cipher, limits }: DatabaseOperationStoreOptions,
  ) {
    this.#knex = knex;
    this.#limits = limits;
    this.#seal = new OperationSeal(cipher);
  }

  async add(operation: NewOperation, work: OperationWork): Promise<boolean> {
    const row = { ...newRow(operation), sealed: await this.#seal.seal(work) };
    return this.#knex.transaction(async transaction => {
      await lockCounts(transaction);
      const table = () => transaction<OperationRow>('helm_operations');
      const others = await table()
        .where({ state: 'Queued' })
        .select('person', 'state');
      const added = await table()
        .insert(row)
        .onConflict()
        .ignore()
        .returning('id');
      if (added.length > 0) {
        assertRoom(others, operation.person);
      }
      return added.length > 0;
    });
  }

  async get(id: string): Promise<OperationRecord | undefined> {
    const row = await this.#operations()
      .where({ id })
      .first(...COLUMNS);
    return row && toRecord(row);
  }

  async list(
    { places, namespaces, release, states }: OperationFilter,
    request: PageRequest,
  ): Promise<PositionedPage<OperationRecord>> {
    const page = await readPage<ReadRow>(
      {
        keys: [
          { sql: 'created_at', of: ({ created_at }) => created_at },
          { sql: 'id', of: ({ id }) => id },
        ],
        order: 'desc',
        read: inPage =>
          this.#operations()
            .select(...COLUMNS)
            .where(anyOf => {
              anyOf.whereRaw('1 = 0');
              for (const place of places) {
                anyOf.orWhere(at => {
                  at.where('cluster_id', place.clusterId);
                  if (place.namespaces) {
                    at.whereIn('namespace', [...place.namespaces]);
                  }
                });
              }
            })
            .modify(query => {
              if (namespaces) {
                query.whereIn('namespace', [...namespaces]);
              }
              if (release !== undefined) {
                query.where({ release });
              }
              if (states) {
                query.whereIn('state', [...states]);
              }
            })
            .modify(inPage),
      },
      request,
    );
    return { ...page, items: page.items.map(toRecord) };
  }

  async live(): Promise<OperationRecord[]> {
    const rows = await this.#operations()
      .select(...COLUMNS)
      .whereIn('state', LIVE)
      .orderBy(['created_at', 'id']);
    return rows.map(toRecord);
  }

  async holderOf(place: {
    clusterId: string;
    namespace: string;
    release: string;
  }): Promise<OperationRecord | undefined> {
    const { clusterId, namespace, release } = place;
    const row = await this.#operations()
      .where({ cluster_id: clusterId, namespace, release })
      .where(holds =>
        holds
          .whereIn('state', ['Queued', 'Running'])
          .orWhere({ state: 'Observing', revision: null }),
      )
      .first(...COLUMNS);
    return row && toRecord(row);
  }

  async claim(id: string, replica: string): Promise<Claim | undefined> {
    const { runningPerPerson } = this.#limits;
    return this.#knex.transaction(async transaction => {
      await lockCounts(transaction);
      const [row] = await transaction<OperationRow>('helm_operations')
        .where({ id, state: 'Queued' })
        .whereRaw(
          `(select count(*) from helm_operations as others where others.person = helm_operations.person and others.state = 'Running') < ?`,
          [runningPerPerson],
        )
        .update({
          state: 'Running',
          replica,
          fence: transaction.raw('fence + 1'),
          beat: transaction.raw('beat + 1'),
          started_at: new Date().toISOString(),
        })
        .returning('fence');
      return row && { id, replica, fence: row.fence };
    });
  }

  async giveBack(claim: Claim): Promise<void> {
    await this.#knex.transaction(async transaction => {
      const running = () => this.#held(claim, transaction);
      const cancelled = await running()
        .whereNotNull('cancelled_by')
        .update(cancelledBeforeStart());
      if (cancelled === 0) {
        await running()
          .whereNull('cancelled_by')
          .update({ state: 'Queued', replica: null, started_at: null });
      }
    });
  }

  async takeOver(
    { id, fence, beat }: Pick<OperationRecord, 'id' | 'fence' | 'beat'>,
    replica: string,
  ): Promise<Claim | undefined> {
    const [row] = await this.#operations()
      .where({ id, fence, beat })
      .whereIn('state', WORKED_ON)
      .update({ replica, fence: fence + 1, beat: beat + 1 })
      .returning('fence');
    return row && { id, replica, fence: row.fence };
  }

  async beat(claim: Claim): Promise<string | undefined> {
    const [row] = await this.#held(claim)
      .update({ beat: this.#knex.raw('beat + 1') })
      .returning('cancelled_by');
    if (!row) {
      throw new OperationLostError(claim);
    }
    return row.cancelled_by ?? undefined;
  }

  async work(claim: Claim): Promise<OperationWork> {
    const row = await this.#held(claim).first('sealed');
    if (!row?.sealed) {
      throw new OperationLostError(claim);
    }
    return this.#seal.open(row.sealed);
  }

  async observe(claim: Claim): Promise<void> {
    await this.#update(claim, { state: 'Observing' });
  }

  async awaitObjects(claim: Claim, revision: number): Promise<void> {
    await this.#update(claim, { revision });
  }

  async end(
    claim: Claim,
    { state, message, advice, revision }: OperationEnd,
  ): Promise<void> {
    await this.#update(claim, {
      state,
      message: storedText(message),
      advice: advice === undefined ? null : storedText(advice),
      revision: revision ?? null,
      sealed: null,
      ended_at: new Date().toISOString(),
    });
  }

  async addLines(
    claim: Claim,
    firstSeq: number,
    lines: NewLine[],
  ): Promise<void> {
    const rows = await Promise.all(
      lines.map(async ({ at, level, text }, index) => ({
        operation_id: claim.id,
        seq: firstSeq + index,
        at,
        level,
        text:
          level === 'Output'
            ? await this.#seal.sealText(text)
            : storedText(text),
      })),
    );
    await this.#knex.transaction(async transaction => {
      const held = await this.#held(claim, transaction).forShare().first('id');
      if (!held) {
        throw new OperationLostError(claim);
      }
      await transaction<LineRow>('helm_operation_lines').insert(rows);
    });
  }

  async lastSeq(id: string): Promise<number> {
    const row = await this.#lines()
      .where({ operation_id: id })
      .max({ last: 'seq' })
      .first();
    return Number(row?.last ?? 0);
  }

  async lines(
    id: string,
    { after, limit, levels }: Parameters<OperationStore['lines']>[1],
  ): Promise<HelmOperationLine[]> {
    const rows = await this.#lines()
      .where({ operation_id: id })
      .where('seq', '>', after)
      .whereIn('level', [...levels])
      .orderBy('seq')
      .limit(limit);
    return Promise.all(
      rows.map(async ({ seq, at, level, text }) => ({
        seq,
        at,
        level,
        text: level === 'Output' ? await this.#seal.openText(text) : text,
      })),
    );
  }

  async cancel(id: string, by: string): Promise<boolean> {
    const queued = await this.#operations()
      .where({ id, state: 'Queued' })
      .update({ ...cancelledBeforeStart(), cancelled_by: by });
    if (queued > 0) {
      return true;
    }
    const running = await this.#operations()
      .where({ id })
      .whereIn('state', WORKED_ON)
      .update({
        cancelled_by: this.#knex.raw('coalesce(cancelled_by, ?)', [by]),
      });
    return running > 0;
  }

  async deleteBefore(before: Date, signal?: AbortSignal): Promise<number> {
    let deleted = 0;
    let last = DELETE_BATCH;
    while (last === DELETE_BATCH && !signal?.aborted) {
      last = await this.#operations()
        .whereIn('id', old =>
          old
            .select('id')
            .from('helm_operations')
            .where('created_at', '<', before.toISOString())
            .whereNotIn('state', LIVE)
            .orderBy('created_at')
            .limit(DELETE_BATCH),
        )
        .delete();
      deleted += last;
    }
    return deleted;
  }

  async #update(claim: Claim, change: Partial<OperationRow>): Promise<void> {
    if ((await this.#held(claim).update(change)) === 0) {
      throw new OperationLostError(claim);
    }
  }

  #held({ id, replica, fence }: Claim, knex: Knex = this.#knex) {
    return knex<OperationRow>('helm_operations')
      .where({ id, replica, fence })
      .whereIn('state', WORKED_ON);
  }

  #operations() {
    return this.#knex<OperationRow>('helm_operations');
  }

  #lines() {
    return this.#knex<LineRow>('helm_operation_lines');
  }
}

function cancelledBeforeStart() {
  return {
    state: 'Cancelled',
    message: CANCELLED_BEFORE_START,
    sealed: null,
    ended_at: new Date().toISOString(),
  } as const;
}
