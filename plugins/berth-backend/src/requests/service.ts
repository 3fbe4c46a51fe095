import { ConflictError } from '@backstage/errors';
import {
  RequestDecision,
  RequestSpec,
  SizeClass,
} from '@berth/plugin-berth-common';
import { Caller } from '../access/Callers';
import { Approvers, Deciders, requesterOf, RequestRole } from './approvers';
import {
  assertRetryable,
  assertStep,
  NewStep,
  RequestChange,
  RequestRecord,
  StoredVerdict,
  SYSTEM,
  TargetTakenError,
} from './model';
import { RequestNotifier } from './notifier';
import { ParsedRequest } from './parseRequest';
import { assertRoom, readVerdict } from './policy';
import { Provisioner } from './provision';
import { RequestSettings } from './settings';
import { RequestDatabase, RequestStores } from './store';
import { assertSameSpec } from './sameSpec';
import { approvedFor, RequestValidator, ValidatedRequest } from './validate';

export interface RequestServiceOptions {
  approvers: Approvers;
  database: RequestDatabase;
  notifier: RequestNotifier;
  provisioner: Provisioner;
  settings: Pick<RequestSettings, 'openPerPerson' | 'rules'>;
  sizeClasses: SizeClass[];
  validator: RequestValidator;
  now?: () => Date;
}

/** The fields that a submission writes. */
type Submission = Required<Pick<RequestChange, 'verdict'>> &
  Pick<RequestChange, 'approvedFor'> & { steps: NewStep[] };

const HOUR_MS = 60 * 60_000;

/**
 * The limit for the requests of one person. More come from a script, and would flood the approvers with
 * notifications.
 */
const NOTIFIED_PER_HOUR = 20;

/**
 * Takes requests through their states. Every step starts from the state that was read, and fails if that has changed.
 */
export class RequestService {
  readonly #options: RequestServiceOptions;

  constructor(options: RequestServiceOptions) {
    this.#options = options;
  }

  /** Returns the verdict that the rules would give. */
  async preview(caller: Caller, spec: RequestSpec): Promise<StoredVerdict> {
    const { database, validator } = this.#options;
    const validated = await validator.validate(caller, spec);
    const deciders = await this.#decidersOf(validated);
    const verdict = await this.#verdict(database, validated, deciders);
    const { warning } = validated;
    return { ...verdict, ...(warning !== undefined && { warning }) };
  }

  /**
   * @returns the request, and whether it is new
   * @throws ConflictError if a request for the same target is open, the idempotency key belongs to another spec, or the
   *   caller has too many unfinished requests
   */
  async create(
    caller: Caller,
    { spec, draft, idempotencyKey }: ParsedRequest,
  ): Promise<{ request: RequestRecord; made: boolean }> {
    const { database, settings, validator } = this.#options;
    const { openPerPerson } = settings;
    const requester = requesterOf(caller.person);
    const known = async () =>
      idempotencyKey === undefined
        ? undefined
        : database.requests.byKey(requester, idempotencyKey);
    const before = await known();
    if (before) {
      return this.#again(caller, before, { spec, draft });
    }
    const validated = await validator.validate(caller, spec);
    const content = {
      ...validated.content,
      requester: requester.userRef,
      requesterUid: requester.uid,
      idempotencyKey,
    };
    const made = await this.#explainTaken(caller, () =>
      draft
        ? database.transaction(async stores => {
            await assertRoom(stores.requests, requester, openPerPerson);
            return stores.requests.create({
              ...content,
              steps: [{ state: 'Draft', by: requester.userRef }],
            });
          })
        : this.#submission(validated, { more: true }, (stores, submission) =>
            stores.requests.create({ ...content, ...submission }),
          ),
    );
    if (made) {
      const request = draft ? made : await this.#afterSubmission(made);
      return { request, made: true };
    }
    // A concurrent call with the same key was faster.
    const request = await known();
    if (!request) {
      throw new ConflictError('The request was changed meanwhile; try again');
    }
    return this.#again(caller, request, { spec, draft });
  }

  /** Answers a call whose idempotency key is known. The first call may have saved a draft that is now to be submitted. */
  async #again(
    caller: Caller,
    request: RequestRecord,
    { spec, draft }: Pick<ParsedRequest, 'spec' | 'draft'>,
  ): Promise<{ request: RequestRecord; made: boolean }> {
    const { validator } = this.#options;
    assertSameSpec(request, await validator.named(spec, request));
    const submits = !draft && request.state === 'Draft';
    return {
      request: submits ? await this.submit(caller, request) : request,
      made: false,
    };
  }

  /** Replaces the spec of a draft. */
  async update(
    caller: Caller,
    request: RequestRecord,
    spec: RequestSpec,
  ): Promise<RequestRecord> {
    if (request.state !== 'Draft') {
      throw new ConflictError(
        `The request is ${request.state}; only while it is Draft it may be changed`,
      );
    }
    const { content } = await this.#options.validator.validate(caller, spec);
    return this.#step(request, [], content);
  }

  /** Submits a draft. */
  async submit(caller: Caller, request: RequestRecord): Promise<RequestRecord> {
    assertStep(request, 'Submitted', 'requester');
    const after = await this.#explainTaken(caller, () =>
      this.#resubmission(caller, request, { more: false }),
    );
    return this.#afterSubmission(await this.#assertTaken(request, after));
  }

  async withdraw(
    caller: Caller,
    request: RequestRecord,
  ): Promise<RequestRecord> {
    assertStep(request, 'Withdrawn', 'requester');
    const by = caller.person.userRef;
    return this.#step(request, [{ state: 'Withdrawn', by }]);
  }

  async decide(
    caller: Caller,
    request: RequestRecord,
    { decision, comment }: RequestDecision,
  ): Promise<RequestRecord> {
    const { notifier, provisioner, validator } = this.#options;
    const approved = decision === 'approve';
    const state = approved ? 'Approved' : 'Denied';
    assertStep(request, state, 'decider');
    await validator.checkDecider(caller, request);
    const decided = await this.#step(
      request,
      [{ state, by: caller.person.userRef, reason: comment }],
      approved ? { approvedFor: await validator.checkApproval(request) } : {},
    );
    notifier.decided(decided);
    return provisioner.advance(decided);
  }

  /**
   * Retries a failed request. What was written and still exists is only checked again. Everything else needs a new
   * approval: by the caller if the caller may decide, by a rule, or by a person.
   *
   * @throws ConflictError if the request is over, or what was written for it was changed since
   */
  async retry(
    caller: Caller,
    role: RequestRole,
    request: RequestRecord,
  ): Promise<RequestRecord> {
    const { database, provisioner, validator } = this.#options;
    const { requests } = database;
    assertRetryable(request, this.#now());
    const retries = request.retries + 1;
    const by = caller.person.userRef;
    const after = await this.#explainTaken(caller, async () => {
      if (await provisioner.stands(request)) {
        return requests.step(request, [{ state: 'Provisioning', by }], {
          retries,
        });
      }
      if (role.decider) {
        await validator.checkDecider(caller, request);
        return requests.step(request, [{ state: 'Approved', by }], {
          approvedFor: await validator.checkApproval(request),
          retries,
        });
      }
      return this.#resubmission(caller, request, { more: true, retries });
    });
    // The second of two clicks gets the result of the first.
    return after
      ? this.#afterSubmission(after)
      : (await requests.get(request.id)) ?? request;
  }

  /** Validates an existing request and applies the rules to it as if it were new. */
  async #resubmission(
    caller: Caller,
    request: RequestRecord,
    { more, retries }: { more: boolean; retries?: number },
  ): Promise<RequestRecord | undefined> {
    const { validator } = this.#options;
    const validated = await validator.validate(caller, request.spec);
    return this.#submission(
      validated,
      { more },
      (stores, { steps, ...change }) =>
        stores.requests.step(request, steps, {
          ...validated.content,
          ...change,
          retries,
        }),
    );
  }

  /**
   * Applies the rules and writes the verdict in one transaction, so that two requests cannot both be approved for the
   * same remaining quota.
   *
   * @param more - whether the requester gets one more unfinished request
   */
  async #submission(
    validated: ValidatedRequest,
    { more }: { more: boolean },
    write: (
      stores: RequestStores,
      submission: Submission,
    ) => Promise<RequestRecord | undefined>,
  ): Promise<RequestRecord | undefined> {
    const { database, settings } = this.#options;
    const { openPerPerson } = settings;
    const requester = requesterOf(validated.person);
    // Before the transaction, because it calls the catalog.
    const deciders = await this.#decidersOf(validated);
    return database.transaction(async stores => {
      if (more) {
        await assertRoom(stores.requests, requester, openPerPerson);
      }
      const { spec, clusterId, decider, bounds } = validated.content;
      if (decider !== undefined && bounds) {
        await stores.requests.lockCount(decider);
      }
      const verdict = await this.#verdict(stores, validated, deciders);
      const submitted: NewStep = { state: 'Submitted', by: requester.userRef };
      if (verdict.outcome !== 'AutoApprove') {
        return write(stores, { verdict, steps: [submitted] });
      }
      const reason = verdict.reasons.join('; ');
      const namespace = await stores.tenancy.namespaces.get({
        clusterId,
        name: spec.namespace,
      });
      return write(stores, {
        verdict,
        ...(namespace && { approvedFor: approvedFor(namespace) }),
        steps: [submitted, { state: 'AutoApproved', by: SYSTEM, reason }],
      });
    });
  }

  async #afterSubmission(request: RequestRecord): Promise<RequestRecord> {
    const { database, notifier, provisioner } = this.#options;
    if (request.state === 'Submitted') {
      const since = new Date(this.#now().getTime() - HOUR_MS);
      const made = await database.requests.countMade(request.requester, since);
      // Approvers find the other requests in their inbox.
      if (made <= NOTIFIED_PER_HOUR) {
        notifier.submitted(request);
      }
    }
    return provisioner.advance(request);
  }

  async #verdict(
    stores: RequestStores,
    validated: ValidatedRequest,
    deciders: Deciders,
  ): Promise<StoredVerdict> {
    const { settings, sizeClasses } = this.#options;
    const { rules } = settings;
    return readVerdict(validated, deciders, { rules, sizeClasses, stores });
  }

  async #decidersOf({ content, person }: ValidatedRequest): Promise<Deciders> {
    const { approvers } = this.#options;
    return approvers.decidersOf(content.decider, person.userRef);
  }

  async #step(
    request: RequestRecord,
    steps: NewStep[],
    change: RequestChange = {},
  ): Promise<RequestRecord> {
    const { requests } = this.#options.database;
    return this.#assertTaken(
      request,
      await requests.step(request, steps, change),
    );
  }

  /** @throws ConflictError if someone else changed the request first */
  async #assertTaken(
    request: RequestRecord,
    after: RequestRecord | undefined,
  ): Promise<RequestRecord> {
    if (after) {
      return after;
    }
    const now = await this.#options.database.requests.get(request.id);
    throw new ConflictError(
      now && now.state !== request.state
        ? `The request is ${now.state} already`
        : 'The request was changed meanwhile; reload it',
    );
  }

  /** Names the open request for the same target in the error, if the caller may see it. */
  async #explainTaken<T>(caller: Caller, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof TargetTakenError)) {
        throw error;
      }
      const { approvers, database } = this.#options;
      const open = await database.requests.openFor(error.target);
      const role = open && (await approvers.roleIn(caller, open));
      throw new ConflictError(
        open && role?.sees
          ? `The request ${open.id} for the same target is open: ${open.state}`
          : 'Another request for the same target is open',
      );
    }
  }

  #now(): Date {
    return this.#options.now?.() ?? new Date();
  }
}
