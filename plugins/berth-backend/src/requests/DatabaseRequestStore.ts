import { RequestState } from '@berth/plugin-berth-common';
import { Knex } from 'knex';
import { monotonicFactory } from 'ulid';
import { isMadeBy, matchesRequest } from './requestFilter';
import {
  changeColumns,
  contentColumns,
  RequestRow,
  StepRow,
  toRecord,
} from './requestRow';
import { TargetTakenError } from './TargetTakenError';
import { isOpen, UNFINISHED } from './transitions';
import {
  NewRequest,
  NewStep,
  PromisedNamespace,
  Requester,
  RequestChange,
  RequestFilter,
  RequestRecord,
  RequestStore,
  targetOf,
} from './types';

const DEFAULT_LIMIT = 50;

const nextId = monotonicFactory();

/** Requests in the tables `requests` and `request_steps`. */
export class DatabaseRequestStore implements RequestStore {
  readonly #knex: Knex;

  static create(knex: Knex): DatabaseRequestStore {
    return new DatabaseRequestStore(knex);
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  async get(id: string): Promise<RequestRecord | undefined> {
    return this.#first(query => query.where({ id }));
  }

  async list(filter: RequestFilter) {
    const matching = () => this.#table().where(matchesRequest(filter));
    const rows = await matching()
      .orderBy('id', 'desc')
      .limit(filter.limit ?? DEFAULT_LIMIT)
      .offset(filter.offset ?? 0);
    const [{ count }] = await matching().count({ count: '*' });
    return { items: await this.#withSteps(rows), totalItems: Number(count) };
  }

  async byKey(requester: Requester, key: string) {
    return this.#first(query =>
      query.where(isMadeBy(requester)).where({ idempotency_key: key }),
    );
  }

  async countUnfinished(requester: Requester): Promise<number> {
    const [{ count }] = await this.#table()
      .where(isMadeBy(requester))
      .whereIn('state', UNFINISHED)
      .count({ count: '*' });
    return Number(count);
  }

  async countMade(userRef: string, since: Date): Promise<number> {
    const [{ count }] = await this.#table()
      .where('requester', userRef)
      .where('created_at', '>=', since.toISOString())
      .count({ count: '*' });
    return Number(count);
  }

  async openFor(target: string) {
    return this.#first(query => query.where({ open_target: target }));
  }

  async inStates(states: RequestState[]): Promise<string[]> {
    const rows = await this.#table()
      .whereIn('state', states)
      .orderBy('id')
      .select('id');
    return rows.map(({ id }) => id);
  }

  async deciders(): Promise<string[]> {
    const rows = await this.#table()
      .whereNot('state', 'Draft')
      .whereNotNull('decider_ref')
      .distinct('decider_ref');
    return rows.map(({ decider_ref }) => decider_ref as string);
  }

  async create(request: NewRequest): Promise<RequestRecord | undefined> {
    const { steps, requester, requesterUid, idempotencyKey } = request;
    const state = steps[steps.length - 1].state;
    const now = new Date();
    const at = now.toISOString();
    const target = targetOf(request.spec, request.clusterId);
    return this.#knex.transaction(async transaction => {
      const [row] = await transaction<RequestRow>('requests')
        .insert({
          ...contentColumns(request),
          ...changeColumns({
            verdict: request.verdict,
            approvedFor: request.approvedFor,
          }),
          id: nextId(now.getTime()),
          requester,
          requester_uid: requesterUid ?? '',
          idempotency_key: idempotencyKey ?? null,
          state,
          open_target: isOpen(state) ? target : null,
          revision: 1,
          created_at: at,
          updated_at: at,
        })
        .onConflict()
        .ignore()
        .returning('*');
      if (!row) {
        const inside = new DatabaseRequestStore(transaction);
        if (
          idempotencyKey !== undefined &&
          (await inside.byKey(
            { userRef: requester, uid: requesterUid },
            idempotencyKey,
          ))
        ) {
          return undefined;
        }
        throw new TargetTakenError(target);
      }
      return toRecord(row, await addSteps(transaction, row.id, 0, steps, at));
    });
  }

  async step(
    request: RequestRecord,
    steps: NewStep[],
    change: RequestChange = {},
  ): Promise<RequestRecord | undefined> {
    const { id, revision } = request;
    const state = steps[steps.length - 1]?.state ?? request.state;
    const { spec, clusterId } = { ...request, ...change };
    const target = isOpen(state) ? targetOf(spec, clusterId) : null;
    const at = new Date().toISOString();
    try {
      return await this.#knex.transaction(async transaction => {
        const [row] = await transaction<RequestRow>('requests')
          .where({ id, revision })
          .update({
            ...changeColumns(change),
            state,
            open_target: target,
            revision: revision + 1,
            updated_at: at,
          })
          .returning('*');
        if (!row) {
          return undefined;
        }
        const before = await transaction<StepRow>('request_steps')
          .where({ request_id: id })
          .orderBy('number');
        const added = await addSteps(transaction, id, before.length, steps, at);
        return toRecord(row, [...before, ...added]);
      });
    } catch (error) {
      if (target !== null && isUniqueViolation(error)) {
        throw new TargetTakenError(target);
      }
      throw error;
    }
  }

  async lockCount(entityRef: string): Promise<void> {
    const key = { group_ref: entityRef };
    await this.#knex('request_budgets').insert(key).onConflict().ignore();
    await this.#knex('request_budgets').where(key).forUpdate().first();
  }

  async promisedTo(group: string): Promise<PromisedNamespace[]> {
    const quotas = await this.#knex('quotas')
      .join('namespaces', joined =>
        joined
          .on('namespaces.cluster_id', 'quotas.cluster_id')
          .andOn('namespaces.name', 'quotas.namespace'),
      )
      .where('namespaces.owner_ref', group)
      .select('quotas.cluster_id', 'quotas.namespace', 'quotas.hard');
    const approved = await this.#table()
      .whereIn('state', ['AutoApproved', 'Approved'])
      .where('decider_ref', group)
      .whereNotNull('bounds')
      .select('cluster_id', 'namespace', 'bounds');
    return [
      ...quotas.map(row => ({
        clusterId: row.cluster_id,
        namespace: row.namespace,
        hard: JSON.parse(row.hard),
      })),
      ...approved.map(row => ({
        clusterId: row.cluster_id,
        namespace: row.namespace,
        hard: JSON.parse(row.bounds as string).hard,
      })),
    ];
  }

  async #first(where: (query: Knex.QueryBuilder) => void) {
    const row = await this.#table().where(where).first();
    return row && (await this.#withSteps([row as RequestRow]))[0];
  }

  async #withSteps(rows: RequestRow[]): Promise<RequestRecord[]> {
    const steps = await this.#knex<StepRow>('request_steps')
      .whereIn(
        'request_id',
        rows.map(({ id }) => id),
      )
      .orderBy(['request_id', 'number']);
    return rows.map(row =>
      toRecord(
        row,
        steps.filter(step => step.request_id === row.id),
      ),
    );
  }

  #table() {
    return this.#knex<RequestRow>('requests');
  }
}

async function addSteps(
  transaction: Knex.Transaction,
  id: string,
  before: number,
  steps: NewStep[],
  at: string,
): Promise<StepRow[]> {
  const rows = steps.map(({ state, by, reason }, index) => ({
    request_id: id,
    number: before + index,
    state,
    at,
    by,
    reason: reason ?? null,
  }));
  if (rows.length > 0) {
    await transaction<StepRow>('request_steps').insert(rows);
  }
  return rows;
}

/** PostgreSQL's `unique_violation`, and SQLite's. */
function isUniqueViolation(error: unknown): boolean {
  const { code } = error as { code?: unknown };
  return code === '23505' || code === 'SQLITE_CONSTRAINT_UNIQUE';
}
