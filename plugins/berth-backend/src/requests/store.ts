import { RequestState } from '@berth/plugin-berth-common';
import { Knex } from 'knex';
import { monotonicFactory } from 'ulid';
import { countPage, readPage } from '../database/readPage';
import { recordClusterChange } from '../database/recordClusterChange';
import { CountedPositionedPage, PageRequest } from '../model/paging';
import { TenancyStores } from '../model/tenancy';
import {
  isOpen,
  NewRequest,
  NewStep,
  PromisedNamespace,
  RequestChange,
  Requester,
  RequestRecord,
  TargetTakenError,
  targetOf,
  UNFINISHED,
} from './model';
import {
  changeColumns,
  contentColumns,
  isMadeBy,
  matchesRequest,
  RequestFilter,
  RequestRow,
  StepRow,
  toRecord,
} from './rows';

const nextId = monotonicFactory();

/** Creates the stores of namespaces, grants and quotas for a connection or a transaction. */
export type TenancyIn = (knex: Knex) => TenancyStores;

/** The stores that a request touches. */
export interface RequestStores {
  requests: RequestStore;
  tenancy: TenancyStores;
  /** Records that the desired state of a cluster changed; in a transaction, the record cannot be lost. */
  recordChange(clusterId: string): Promise<void>;
}

/** Requests in the tables `requests` and `request_steps`. */
export class RequestStore {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  async get(id: string): Promise<RequestRecord | undefined> {
    return this.#first(query => query.where({ id }));
  }

  /** Lists the requests that match a filter, the latest first. */
  async list(
    filter: RequestFilter,
    request: PageRequest,
  ): Promise<CountedPositionedPage<RequestRecord>> {
    const matching = () => this.#table().where(matchesRequest(filter));
    const page = await countPage(
      await readPage<RequestRow>(
        {
          keys: [{ sql: 'id', of: ({ id }) => id }],
          order: 'desc',
          read: inPage => matching().modify(inPage),
        },
        request,
      ),
      () => count(matching()),
    );
    return { ...page, items: await this.#withSteps(page.items) };
  }

  async byKey(
    requester: Requester,
    key: string,
  ): Promise<RequestRecord | undefined> {
    return this.#first(query =>
      query.where(isMadeBy(requester)).where({ idempotency_key: key }),
    );
  }

  /** Counts the unfinished requests of a person. */
  async countUnfinished(requester: Requester): Promise<number> {
    return count(
      this.#table().where(isMadeBy(requester)).whereIn('state', UNFINISHED),
    );
  }

  /** Counts the requests that were made under a user's name since a time. */
  async countMade(userRef: string, since: Date): Promise<number> {
    return count(
      this.#table()
        .where('requester', userRef)
        .where('created_at', '>=', since.toISOString()),
    );
  }

  /** Returns the open request for a target. */
  async openFor(target: string): Promise<RequestRecord | undefined> {
    return this.#first(query => query.where({ open_target: target }));
  }

  /** Returns the ids of the requests in one of the states, the oldest first. */
  async inStates(states: RequestState[]): Promise<string[]> {
    return this.#table().whereIn('state', states).orderBy('id').pluck('id');
  }

  /** Returns the entity refs of the groups whose owners decide requests, without drafts. */
  async deciders(): Promise<string[]> {
    const rows = await this.#table()
      .whereNot('state', 'Draft')
      .whereNotNull('decider_ref')
      .distinct('decider_ref');
    return rows.map(({ decider_ref }) => decider_ref as string);
  }

  /**
   * @returns undefined if a request with the idempotency key exists
   * @throws TargetTakenError if another request for the same target is open
   */
  async create(request: NewRequest): Promise<RequestRecord | undefined> {
    const { steps, requester, requesterUid, idempotencyKey } = request;
    const { verdict, approvedFor } = request;
    const state = steps[steps.length - 1].state;
    const now = new Date();
    const at = now.toISOString();
    const target = targetOf(request.spec, request.clusterId);
    return this.#knex.transaction(async transaction => {
      const [row] = await transaction<RequestRow>('requests')
        .insert({
          ...contentColumns(request),
          ...changeColumns({ verdict, approvedFor }),
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
      if (row) {
        return toRecord(row, await addSteps(transaction, row.id, 0, steps, at));
      }
      const by = { userRef: requester, uid: requesterUid };
      const known =
        idempotencyKey !== undefined &&
        (await new RequestStore(transaction).byKey(by, idempotencyKey));
      if (known) {
        return undefined;
      }
      throw new TargetTakenError(target);
    });
  }

  /**
   * Adds steps to a request in one transaction.
   *
   * @param request - the request as it was read
   * @returns undefined if the request was changed since
   * @throws TargetTakenError if another request for the same target is open
   */
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

  /**
   * In a transaction, locks the count of what a group is promised, or of a person's requests, until the transaction
   * ends.
   */
  async lockCount(entityRef: string): Promise<void> {
    const key = { group_ref: entityRef };
    await this.#knex('request_budgets').insert(key).onConflict().ignore();
    await this.#knex('request_budgets').where(key).forUpdate().first();
  }

  /** Returns the amounts that the namespaces of a group are promised, including approved requests. */
  async promisedTo(group: string): Promise<PromisedNamespace[]> {
    // Before the quotas: a request that is provisioned between the two queries is then counted twice, for one
    // namespace, and never missed.
    const approved = await this.#table()
      .whereIn('state', ['AutoApproved', 'Approved'])
      .where('decider_ref', group)
      .whereNotNull('bounds')
      .select('cluster_id', 'namespace', 'bounds');
    const quotas = await this.#knex('quotas')
      .join('namespaces', joined =>
        joined
          .on('namespaces.cluster_id', 'quotas.cluster_id')
          .andOn('namespaces.name', 'quotas.namespace'),
      )
      .where('namespaces.owner_ref', group)
      .select('quotas.cluster_id', 'quotas.namespace', 'quotas.hard');
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

/** Requests and the tenancy that they change, in the database. */
export class RequestDatabase implements RequestStores {
  readonly requests: RequestStore;
  readonly tenancy: TenancyStores;
  readonly #knex: Knex;
  readonly #tenancyIn: TenancyIn;

  constructor(knex: Knex, tenancyIn: TenancyIn) {
    this.#knex = knex;
    this.#tenancyIn = tenancyIn;
    this.requests = new RequestStore(knex);
    this.tenancy = tenancyIn(knex);
  }

  async recordChange(clusterId: string): Promise<void> {
    await recordClusterChange(this.#knex, clusterId);
  }

  /** Runs work in a transaction. */
  async transaction<T>(
    work: (stores: RequestStores) => Promise<T>,
  ): Promise<T> {
    return this.#knex.transaction(transaction =>
      work(new RequestDatabase(transaction, this.#tenancyIn)),
    );
  }
}

async function count(query: Knex.QueryBuilder): Promise<number> {
  const [row] = await query.count({ count: '*' });
  return Number(row.count);
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

/** The codes are PostgreSQL's `unique_violation` and that of SQLite. */
function isUniqueViolation(error: unknown): boolean {
  const { code } = error as { code?: unknown };
  return code === '23505' || code === 'SQLITE_CONSTRAINT_UNIQUE';
}
