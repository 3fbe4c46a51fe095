import {
  ConflictError,
  InputError,
  NotAllowedError,
  NotFoundError,
} from '@backstage/errors';
import {
  RequestSpec,
  RequestDecision,
  RequestState,
  SizeClass,
} from '@berth/plugin-berth-common';
import { Caller } from '../access/Callers';
import { ClusterStore } from '../model/clusters';
import { NamespaceNameRules } from '../model/namespaceNames';
import { NamespaceRecord } from '../model/tenancy';
import { Approvers } from './Approvers';
import { RequestValidator, ValidatedRequest } from './RequestValidator';
import { Deciders, verdictOn } from './judgement';
import { ParsedRequest } from './parseRequest';
import { Provisioner } from './Provisioner';
import { OtherApprovers } from './OtherApprovers';
import { RequestNotifier } from './RequestNotifier';
import { requesterOf, RequestRoles, RoleIn } from './RequestRoles';
import { assertRetryable } from './retry';
import { mayStep, StepTaker } from './transitions';
import { TargetTakenError } from './TargetTakenError';
import {
  NewStep,
  RequestChange,
  RequestDatabase,
  Requester,
  RequestRecord,
  RequestSettings,
  RequestStores,
  StoredVerdict,
  SYSTEM,
} from './types';

export interface RequestServiceOptions {
  approvers: Approvers;
  checker: RequestValidator;
  clusters: Pick<ClusterStore, 'getById'>;
  database: RequestDatabase;
  names: Pick<NamespaceNameRules, 'assertFree'>;
  notifier: RequestNotifier;
  provisioner: Provisioner;
  others: OtherApprovers;
  roles: RequestRoles;
  settings: RequestSettings;
  sizeClasses: SizeClass[];
  now?: () => Date;
}

/** What a submission writes. */
type Submission = Required<Pick<RequestChange, 'verdict'>> &
  Pick<RequestChange, 'approvedFor'> & { steps: NewStep[] };

const HOUR_MS = 60 * 60_000;

/** Of one person's requests; more is a script, and fills the approvers' notifications. */
const NOTIFIED_PER_HOUR = 20;

/** Takes requests through their states. Every step starts from the state that was read, or fails. */
export class RequestService {
  readonly #options: RequestServiceOptions;

  constructor(options: RequestServiceOptions) {
    this.#options = options;
  }

  /** What the rules would decide. */
  async preview(caller: Caller, spec: RequestSpec): Promise<StoredVerdict> {
    const checked = await this.#options.checker.check(caller, spec);
    const { warning } = checked;
    const verdict = await this.#judge(
      this.#options.database,
      checked,
      await this.#decidersOf(checked),
    );
    return { ...verdict, ...(warning !== undefined && { warning }) };
  }

  /**
   * @returns the request, and whether it is new
   * @throws ConflictError if the same is asked for already, or the caller has too many requests that are not over
   */
  async create(
    caller: Caller,
    { spec, draft, idempotencyKey }: ParsedRequest,
  ): Promise<{ request: RequestRecord; made: boolean }> {
    const { checker, database } = this.#options;
    const requester = requesterOf(caller.person);
    const known = async () =>
      idempotencyKey === undefined
        ? undefined
        : database.requests.byKey(requester, idempotencyKey);
    const before = await known();
    if (before) {
      return { request: before, made: false };
    }
    const checked = await checker.check(caller, spec);
    const content = {
      ...checked.content,
      requester: requester.userRef,
      requesterUid: requester.uid,
      idempotencyKey,
    };
    const made = await this.#once(caller, async () => {
      if (draft) {
        return database.atOnce(async stores => {
          await this.#assertRoom(stores, requester);
          return stores.requests.create({
            ...content,
            steps: [{ state: 'Draft', by: requester.userRef }],
          });
        });
      }
      return this.#submitting(checked, { more: true }, (stores, change) =>
        stores.requests.create({ ...content, ...change }),
      );
    });
    if (!made) {
      const request = await known();
      if (!request) {
        throw new ConflictError('The request was changed meanwhile; try again');
      }
      return { request, made: false };
    }
    return {
      request: draft ? made : await this.#submitted(made),
      made: true,
    };
  }

  async update(
    caller: Caller,
    request: RequestRecord,
    spec: RequestSpec,
  ): Promise<RequestRecord> {
    assertState(request, ['Draft'], 'be changed');
    const { content } = await this.#options.checker.check(caller, spec);
    return this.#taken(
      request,
      await this.#options.database.requests.step(request, [], content),
    );
  }

  async submit(caller: Caller, request: RequestRecord): Promise<RequestRecord> {
    assertStep(request, 'Submitted', 'requester');
    const checked = await this.#options.checker.check(caller, request.spec);
    const made = await this.#once(caller, () =>
      this.#submitting(
        checked,
        { more: false },
        (stores, { steps, ...change }) =>
          stores.requests.step(request, steps, {
            ...checked.content,
            ...change,
          }),
      ),
    );
    return this.#submitted(await this.#taken(request, made));
  }

  async withdraw(
    caller: Caller,
    request: RequestRecord,
  ): Promise<RequestRecord> {
    assertStep(request, 'Withdrawn', 'requester');
    return this.#step(request, {
      state: 'Withdrawn',
      by: caller.person.userRef,
    });
  }

  async decide(
    caller: Caller,
    request: RequestRecord,
    { decision, comment }: RequestDecision,
  ): Promise<RequestRecord> {
    const state = decision === 'approve' ? 'Approved' : 'Denied';
    assertStep(request, state, 'decider');
    await this.#assertOwner(caller, request);
    const decided = await this.#step(
      request,
      { state, by: caller.person.userRef, reason: comment },
      decision === 'approve' ? await this.#approval(request) : {},
    );
    this.#options.notifier.decided(decided);
    return this.#options.provisioner.advance(decided);
  }

  /**
   * Tries again what failed. What was written and still stands is only looked at again. Everything else needs
   * an approval as if it were new: of the caller who may decide, of a rule, or of a person.
   *
   * @throws ConflictError if the request is over, or what it was for was changed since
   */
  async retry(
    caller: Caller,
    role: RoleIn,
    request: RequestRecord,
  ): Promise<RequestRecord> {
    const { database, provisioner } = this.#options;
    assertRetryable(request, this.#now());
    const retries = request.retries + 1;
    const by = caller.person.userRef;
    const again = await this.#once(caller, async () => {
      if (await provisioner.stands(request)) {
        const step = { state: 'Provisioning' as const, by };
        return database.requests.step(request, [step], { retries });
      }
      if (role.decider) {
        await this.#assertOwner(caller, request);
        return database.requests.step(request, [{ state: 'Approved', by }], {
          ...(await this.#approval(request)),
          retries,
        });
      }
      return this.#resubmit(caller, request);
    });
    // A double click is answered with what the first one did.
    return again
      ? this.#submitted(again)
      : (await database.requests.get(request.id)) ?? request;
  }

  async #resubmit(
    caller: Caller,
    request: RequestRecord,
  ): Promise<RequestRecord | undefined> {
    const { spec, retries } = request;
    const checked = await this.#options.checker.check(caller, spec);
    return this.#submitting(
      checked,
      { more: true },
      (stores, { steps, ...change }) =>
        stores.requests.step(request, steps, {
          ...checked.content,
          ...change,
          retries: retries + 1,
        }),
    );
  }

  /**
   * Keeps a script from filling the approvers' inbox.
   *
   * @param stores - of a transaction, so that requests made at once are all counted
   */
  async #assertRoom(
    { requests }: RequestStores,
    requester: Requester,
  ): Promise<void> {
    const { openPerPerson } = this.#options.settings;
    await requests.lockCount(requester.userRef);
    const count = await requests.countUnfinished(requester);
    if (count >= openPerPerson) {
      throw new ConflictError(
        `You have ${count} requests that are not over, and the limit is ${openPerPerson} for each person: withdraw some, or wait until they are decided`,
      );
    }
  }

  /**
   * What an approval is for.
   *
   * @throws ConflictError if nothing is there that could be given, or the name of a new namespace is taken
   */
  async #approval({
    spec,
    clusterId,
  }: RequestRecord): Promise<Pick<RequestChange, 'approvedFor'>> {
    const { clusters, database, names } = this.#options;
    const { namespace: name } = spec;
    if (spec.kind === 'namespace') {
      const cluster = await clusters.getById(clusterId);
      if (cluster) {
        const claim = { cluster, name, owner: spec.group, field: 'namespace' };
        await cannotApprove(() => names.assertFree(claim));
      }
      return {};
    }
    const namespace = await database.tenancy.namespaces.get({
      clusterId,
      name,
    });
    if (!namespace || namespace.deletingSince !== undefined) {
      throw new ConflictError(
        `Berth manages no namespace ${name} on ${spec.cluster}, so this request cannot be approved: deny it and give the reason, or create the namespace first`,
      );
    }
    return { approvedFor: approvedForOf(namespace) };
  }

  async #judge(
    stores: RequestStores,
    checked: ValidatedRequest,
    deciders: Deciders,
  ): Promise<StoredVerdict> {
    const { settings, sizeClasses } = this.#options;
    const { rules } = settings;
    return verdictOn(checked, { ...deciders, rules, sizeClasses, stores });
  }

  async #decidersOf({ content, person }: ValidatedRequest): Promise<Deciders> {
    const { approvers: all, others } = this.#options;
    const approvers = await all.of(content.decider);
    return {
      approvers,
      undecidable: !(await others.exist(approvers, person.userRef)),
    };
  }

  /**
   * Applies the rules and writes their verdict in one transaction, so that two requests are not given what is
   * left for one.
   *
   * @param more - whether the requester has one unfinished request more by it
   */
  async #submitting(
    checked: ValidatedRequest,
    { more }: { more: boolean },
    write: (
      stores: RequestStores,
      change: Submission,
    ) => Promise<RequestRecord | undefined>,
  ): Promise<RequestRecord | undefined> {
    const requester = requesterOf(checked.person);
    const deciders = await this.#decidersOf(checked);
    return this.#options.database.atOnce(async stores => {
      if (more) {
        await this.#assertRoom(stores, requester);
      }
      const { spec, clusterId, decider, bounds } = checked.content;
      if (decider !== undefined && bounds) {
        await stores.requests.lockCount(decider);
      }
      const verdict = await this.#judge(stores, checked, deciders);
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
        ...(namespace && { approvedFor: approvedForOf(namespace) }),
        steps: [submitted, { state: 'AutoApproved', by: SYSTEM, reason }],
      });
    });
  }

  async #submitted(request: RequestRecord): Promise<RequestRecord> {
    if (request.state === 'Submitted') {
      await this.#notify(request);
    }
    return this.#options.provisioner.advance(request);
  }

  /** Approvers find the other requests in their inbox. */
  async #notify(request: RequestRecord): Promise<void> {
    const { database, notifier } = this.#options;
    const since = new Date(this.#now().getTime() - HOUR_MS);
    const made = await database.requests.countMade(request.requester, since);
    if (made <= NOTIFIED_PER_HOUR) {
      notifier.submitted(request);
    }
  }

  /** The owner of the namespace may have changed since the request was made. */
  async #assertOwner(caller: Caller, request: RequestRecord): Promise<void> {
    const { spec, clusterId, decider } = request;
    if (spec.kind === 'namespace' || caller.person.admin) {
      return;
    }
    const key = { clusterId, name: spec.namespace };
    const namespace = await this.#options.database.tenancy.namespaces.get(key);
    if (namespace?.owner !== decider) {
      throw new NotAllowedError(
        `The namespace ${spec.namespace} has another owner than when this was requested, so only platform admins may decide`,
      );
    }
  }

  #now(): Date {
    return this.#options.now?.() ?? new Date();
  }

  async #step(
    request: RequestRecord,
    step: NewStep,
    change: RequestChange = {},
  ): Promise<RequestRecord> {
    return this.#taken(
      request,
      await this.#options.database.requests.step(request, [step], change),
    );
  }

  /** @throws ConflictError if another person was first */
  async #taken(
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

  /** Names the request that is open already, to who may see it. */
  async #once<T>(caller: Caller, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof TargetTakenError)) {
        throw error;
      }
      const { database, roles } = this.#options;
      const open = await database.requests.openFor(error.target);
      const role = open && (await roles.in(caller, open));
      throw new ConflictError(
        open && role?.sees
          ? `The request ${open.id} for the same target is open: ${open.state}`
          : 'Another request for the same target is open',
      );
    }
  }
}

/** Turns a refusal for the requester into a reason for the approver to deny. */
async function cannotApprove(check: () => Promise<unknown>): Promise<void> {
  try {
    await check();
  } catch (error) {
    if (error instanceof ConflictError || error instanceof InputError) {
      throw new ConflictError(
        `This request cannot be approved, deny it and give the reason: ${error.message}`,
      );
    }
    throw error;
  }
}

function approvedForOf({ createdAt, owner }: NamespaceRecord) {
  return { createdAt, ...(owner !== undefined && { owner }) };
}

/** The same answer for a request that does not exist and for one that the caller must not see. */
export function requestNotFound(): NotFoundError {
  return new NotFoundError(
    'The request does not exist, or it is neither yours nor yours to decide',
  );
}

function assertStep(
  request: RequestRecord,
  to: RequestState,
  taker: StepTaker,
): void {
  if (!mayStep(request.state, to, taker)) {
    throw new ConflictError(
      `The request is ${request.state}, so it cannot become ${to}`,
    );
  }
}

function assertState(
  { state }: RequestRecord,
  states: RequestState[],
  what: string,
): void {
  if (!states.includes(state)) {
    throw new ConflictError(
      `The request is ${state}; only while it is ${states.join(
        ' or ',
      )} it may ${what}`,
    );
  }
}
