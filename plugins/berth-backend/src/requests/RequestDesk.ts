import {
  ConflictError,
  NotAllowedError,
  NotFoundError,
} from '@backstage/errors';
import {
  RequestAsk,
  RequestDecision,
  RequestState,
} from '@berth/plugin-berth-common';
import { Caller } from '../access/ClusterAccess';
import { Approvers } from './Approvers';
import { AskChecker, CheckedAsk } from './AskChecker';
import { verdictOn } from './judgement';
import { RequestWish } from './parseRequest';
import { Provisioner } from './Provisioner';
import { RequestNotifier } from './RequestNotifier';
import { RequestRoles, RoleIn } from './RequestRoles';
import { mayStep, StepTaker, UNFINISHED } from './transitions';
import { TargetTakenError } from './TargetTakenError';
import {
  NewStep,
  RequestChange,
  RequestDatabase,
  RequestRecord,
  RequestSettings,
  RequestStores,
  StoredVerdict,
  SYSTEM,
} from './types';

export interface RequestDeskOptions {
  approvers: Approvers;
  checker: AskChecker;
  database: RequestDatabase;
  notifier: RequestNotifier;
  provisioner: Provisioner;
  roles: RequestRoles;
  settings: RequestSettings;
}

/** Where people ask, and where it is decided. Every step is taken from the state that was read, or not at all. */
export class RequestDesk {
  readonly #options: RequestDeskOptions;

  constructor(options: RequestDeskOptions) {
    this.#options = options;
  }

  /** What the rules would say. */
  async preview(caller: Caller, ask: RequestAsk): Promise<StoredVerdict> {
    const checked = await this.#options.checker.check(caller, ask);
    return this.#judge(
      this.#options.database,
      checked,
      await this.#approversOf(checked),
    );
  }

  /**
   * @returns the request, and whether it is new
   * @throws ConflictError if the same is asked for already, or the caller has too many requests that are not over
   */
  async create(
    caller: Caller,
    { ask, draft, idempotencyKey }: RequestWish,
  ): Promise<{ request: RequestRecord; made: boolean }> {
    const { database } = this.#options;
    const { userRef: requester } = caller.person;
    const known = async () =>
      idempotencyKey === undefined
        ? undefined
        : database.requests.byKey(requester, idempotencyKey);
    const before = await known();
    if (before) {
      return { request: before, made: false };
    }
    await this.#assertRoom(requester);
    const checked = await this.#options.checker.check(caller, ask);
    const content = { ...checked.content, requester, idempotencyKey };
    const made = await this.#once(caller, async () => {
      if (draft) {
        return database.requests.create({
          ...content,
          steps: [{ state: 'Draft', by: requester }],
        });
      }
      return this.#submitting(requester, checked, (stores, change) =>
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
    ask: RequestAsk,
  ): Promise<RequestRecord> {
    assertState(request, ['Draft'], 'be changed');
    const { content } = await this.#options.checker.check(caller, ask);
    return this.#taken(
      request,
      await this.#options.database.requests.step(request, [], content),
    );
  }

  async submit(caller: Caller, request: RequestRecord): Promise<RequestRecord> {
    assertStep(request, 'Submitted', 'requester');
    const checked = await this.#options.checker.check(caller, request.ask);
    const made = await this.#once(caller, () =>
      this.#submitting(
        request.requester,
        checked,
        (stores, { steps, verdict }) =>
          stores.requests.step(request, steps, { ...checked.content, verdict }),
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
    const decided = await this.#step(request, {
      state,
      by: caller.person.userRef,
      reason: comment,
    });
    this.#options.notifier.told(decided);
    return this.#options.provisioner.advance(decided);
  }

  async retry(
    caller: Caller,
    role: RoleIn,
    request: RequestRecord,
  ): Promise<RequestRecord> {
    assertStep(request, 'Provisioning', role.decider ? 'decider' : 'requester');
    const { provisioner } = this.#options;
    const again = await this.#once(caller, () =>
      provisioner.provision(request, caller.person.userRef),
    );
    return this.#options.provisioner.advance(again);
  }

  /** A script that runs wild shall not fill everybody's inbox. */
  async #assertRoom(requester: string): Promise<void> {
    const { database, settings } = this.#options;
    const { totalItems } = await database.requests.list({
      requester,
      states: UNFINISHED,
      limit: 1,
    });
    if (totalItems >= settings.openPerPerson) {
      throw new ConflictError(
        `You have ${totalItems} requests that are not over, and nobody may have more than ${settings.openPerPerson}: withdraw some, or wait until they are decided`,
      );
    }
  }

  async #judge(
    { requests }: RequestStores,
    checked: CheckedAsk,
    approvers: string[],
  ): Promise<StoredVerdict> {
    const { rules } = this.#options.settings;
    return verdictOn(checked, { approvers, requests, rules });
  }

  #approversOf({ content }: CheckedAsk): Promise<string[]> {
    return this.#options.approvers.of(content.decider);
  }

  /** Asks the rules and writes what they say at once, so that two requests are not given what is left for one. */
  async #submitting(
    requester: string,
    checked: CheckedAsk,
    write: (
      stores: RequestStores,
      change: Required<Pick<RequestChange, 'verdict'>> & { steps: NewStep[] },
    ) => Promise<RequestRecord | undefined>,
  ): Promise<RequestRecord | undefined> {
    const approvers = await this.#approversOf(checked);
    return this.#options.database.atOnce(async stores => {
      const { decider, bounds } = checked.content;
      if (decider !== undefined && bounds) {
        await stores.requests.lockBudget(decider);
      }
      const verdict = await this.#judge(stores, checked, approvers);
      return write(stores, {
        verdict,
        steps: [
          { state: 'Submitted', by: requester },
          ...(verdict.outcome === 'AutoApprove'
            ? [
                {
                  state: 'AutoApproved' as const,
                  by: SYSTEM,
                  reason: verdict.reasons.join('; '),
                },
              ]
            : []),
        ],
      });
    });
  }

  async #submitted(request: RequestRecord): Promise<RequestRecord> {
    if (request.state === 'Submitted') {
      this.#options.notifier.submitted(request);
    }
    return this.#options.provisioner.advance(request);
  }

  /** The owner of the namespace may be another than when it was asked for. */
  async #assertOwner(caller: Caller, request: RequestRecord): Promise<void> {
    const { ask, clusterId, decider } = request;
    if (ask.kind === 'namespace' || caller.person.admin) {
      return;
    }
    const key = { clusterId, name: ask.namespace };
    const namespace = await this.#options.database.tenancy.namespaces.get(key);
    if (namespace?.owner !== decider) {
      throw new NotAllowedError(
        `The namespace ${ask.namespace} has another owner than when this was asked for, so only platform admins may decide`,
      );
    }
  }

  async #step(request: RequestRecord, step: NewStep): Promise<RequestRecord> {
    return this.#taken(
      request,
      await this.#options.database.requests.step(request, [step]),
    );
  }

  /** @throws ConflictError if somebody else was first */
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
        ? `The request is ${now.state} by now`
        : 'The request was changed meanwhile; look at it again',
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
          ? `The request ${open.id} for the same is open: ${open.state}`
          : 'Another request for the same is open',
      );
    }
  }
}

/** The one answer for a request that does not exist and one that is not the caller's to see. */
export function requestNotFound(): NotFoundError {
  return new NotFoundError(
    'There is no such request, or it is neither yours nor yours to decide',
  );
}

function assertStep(
  request: RequestRecord,
  to: RequestState,
  taker: StepTaker,
): void {
  if (!mayStep(request.state, to, taker)) {
    throw new ConflictError(
      `The request is ${request.state}, from where it cannot become ${to}`,
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
