import {
  HelmOperationLine,
  HelmOperationState,
} from '@berth/plugin-berth-common';
import { Knex } from 'knex';
import { KeyCipher } from '../../crypto/KeyCipher';
import { readPage } from '../../database/readPage';
import { PageRequest, PositionedPage } from '../../model/paging';
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
  UnreadableWorkError,
} from './types';

const LIVE = ['Queued', 'Running', 'Observing'] as const;
const WORKED_ON = ['Running', 'Observing'] as const;
const DELETE_BATCH = 200;
const CANCELLED_BEFORE_START = 'It was cancelled before it started';

interface OperationRow {
  id: string;
  kind: OperationRecord['kind'];
  cluster_id: string;
  cluster_name: string;
  namespace: string;
  release: string;
  base_revision: number;
  target_revision: number | null;
  revision: number | null;
  chart_repository: string | null;
  chart_name: string | null;
  chart_version: string | null;
  options: string;
  digest: string;
  request_hash: string;
  sealed: string | null;
  person: string;
  person_uid: string;
  policy: string;
  state: HelmOperationState;
  message: string | null;
  advice: string | null;
  cancelled_by: string | null;
  replica: string | null;
  fence: number;
  beat: number;
  created_at: string;
  started_at: string | null;
  ended_at: string | null;
}

/** All columns but the large one. */
const COLUMNS = [
  'id',
  'kind',
  'cluster_id',
  'cluster_name',
  'namespace',
  'release',
  'base_revision',
  'target_revision',
  'revision',
  'chart_repository',
  'chart_name',
  'chart_version',
  'options',
  'digest',
  'request_hash',
  'person',
  'person_uid',
  'policy',
  'state',
  'message',
  'advice',
  'cancelled_by',
  'replica',
  'fence',
  'beat',
  'created_at',
  'started_at',
  'ended_at',
] as const;

type ReadRow = Pick<OperationRow, (typeof COLUMNS)[number]>;

interface LineRow {
  operation_id: string;
  seq: number;
  at: string;
  level: HelmOperationLine['level'];
  text: string;
}

export interface DatabaseOperationStoreOptions {
  /** Encrypts what operations run, and what helm writes. */
  cipher: KeyCipher;
  limits: OperationLimits;
}

/** Operations in the tables `helm_operations` and `helm_operation_lines`. */
export class DatabaseOperationStore implements OperationStore {
  readonly #knex: Knex;
  readonly #options: DatabaseOperationStoreOptions;

  static create(
    knex: Knex,
    options: DatabaseOperationStoreOptions,
  ): DatabaseOperationStore {
    return new DatabaseOperationStore(knex, options);
  }

  private constructor(knex: Knex, options: DatabaseOperationStoreOptions) {
    this.#knex = knex;
    this.#options = options;
  }

  async add(operation: NewOperation, work: OperationWork): Promise<boolean> {
    const { chart } = operation;
    const added = await this.#operations()
      .insert({
        id: operation.id,
        kind: operation.kind,
        cluster_id: operation.clusterId,
        cluster_name: operation.cluster,
        namespace: operation.namespace,
        release: operation.release,
        base_revision: operation.baseRevision,
        target_revision: operation.targetRevision ?? null,
        chart_repository: chart?.repository ?? null,
        chart_name: chart?.name ?? null,
        chart_version: chart?.version ?? null,
        options: JSON.stringify(operation.options),
        digest: operation.digest,
        request_hash: operation.requestHash,
        sealed: await this.#seal(work),
        person: operation.person,
        person_uid: operation.personUid,
        policy: operation.policy,
        state: 'Queued',
        created_at: new Date().toISOString(),
      })
      .onConflict()
      .ignore()
      .returning('id');
    return added.length > 0;
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

  async liveOn(place: {
    clusterId: string;
    namespace: string;
    release: string;
  }): Promise<OperationRecord | undefined> {
    const { clusterId, namespace, release } = place;
    const row = await this.#operations()
      .where({ cluster_id: clusterId, namespace, release })
      .whereIn('state', LIVE)
      .first(...COLUMNS);
    return row && toRecord(row);
  }

  async claim(id: string, replica: string): Promise<Claim | undefined> {
    const { runningPerPerson } = this.#options.limits;
    const [row] = await this.#operations()
      .where({ id, state: 'Queued' })
      .whereRaw(
        `(select count(*) from helm_operations as others where others.person = helm_operations.person and others.state in ('Running', 'Observing')) < ?`,
        [runningPerPerson],
      )
      .update({
        state: 'Running',
        replica,
        fence: this.#knex.raw('fence + 1'),
        beat: this.#knex.raw('beat + 1'),
        started_at: new Date().toISOString(),
      })
      .returning('fence');
    return row && { id, replica, fence: row.fence };
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
    return this.#unseal(row.sealed);
  }

  async observe(claim: Claim): Promise<void> {
    await this.#update(claim, { state: 'Observing' });
  }

  async end(
    claim: Claim,
    { state, message, advice, revision }: OperationEnd,
  ): Promise<void> {
    await this.#update(claim, {
      state,
      message,
      advice: advice ?? null,
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
            ? await this.#options.cipher.encrypt({ text })
            : text,
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
        text: level === 'Output' ? await this.#open(text) : text,
      })),
    );
  }

  async cancel(id: string, by: string): Promise<boolean> {
    const queued = await this.#operations()
      .where({ id, state: 'Queued' })
      .update({
        state: 'Cancelled',
        cancelled_by: by,
        message: CANCELLED_BEFORE_START,
        sealed: null,
        ended_at: new Date().toISOString(),
      });
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

  #seal({ chart, ...work }: OperationWork): Promise<string> {
    return this.#options.cipher.encrypt({
      ...work,
      ...(chart && { chart: chart.toString('base64') }),
    });
  }

  async #unseal(sealed: string): Promise<OperationWork> {
    const { chart, ...work } = await this.#options.cipher
      .decrypt<Omit<OperationWork, 'chart'> & { chart?: string }>(sealed)
      .catch(error => {
        throw new UnreadableWorkError('The work cannot be decrypted', error);
      });
    return {
      ...work,
      ...(chart !== undefined && { chart: Buffer.from(chart, 'base64') }),
    };
  }

  async #open(sealed: string): Promise<string> {
    try {
      return (await this.#options.cipher.decrypt<{ text: string }>(sealed))
        .text;
    } catch {
      return 'This line cannot be shown any more: the portal has another encryption secret now';
    }
  }

  #operations() {
    return this.#knex<OperationRow>('helm_operations');
  }

  #lines() {
    return this.#knex<LineRow>('helm_operation_lines');
  }
}

function toRecord(row: ReadRow): OperationRecord {
  return {
    id: row.id,
    kind: row.kind,
    clusterId: row.cluster_id,
    cluster: row.cluster_name,
    namespace: row.namespace,
    release: row.release,
    baseRevision: row.base_revision,
    ...optional({
      targetRevision: row.target_revision,
      revision: row.revision,
      message: row.message,
      advice: row.advice,
      cancelledBy: row.cancelled_by,
      replica: row.replica,
      startedAt: row.started_at,
      endedAt: row.ended_at,
    }),
    ...(row.chart_name !== null && {
      chart: {
        ...optional({ repository: row.chart_repository }),
        ...{ name: row.chart_name, version: row.chart_version ?? '' },
      },
    }),
    options: JSON.parse(row.options),
    digest: row.digest,
    requestHash: row.request_hash,
    person: row.person,
    personUid: row.person_uid,
    policy: row.policy,
    state: row.state,
    fence: row.fence,
    beat: row.beat,
    createdAt: row.created_at,
  };
}

/** Leaves out what is null. */
function optional<Fields extends Record<string, string | number | null>>(
  fields: Fields,
): { [Name in keyof Fields]?: NonNullable<Fields[Name]> } {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== null),
  ) as { [Name in keyof Fields]?: NonNullable<Fields[Name]> };
}
