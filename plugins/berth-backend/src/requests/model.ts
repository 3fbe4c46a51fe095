import { DEFAULT_NAMESPACE, parseEntityRef } from '@backstage/catalog-model';
import { ConflictError } from '@backstage/errors';
import {
  AccessRequest,
  RequestSpec,
  RequestState,
  RequestStep,
  RequestVerdict,
} from '@berth/plugin-berth-common';
import { QuotaBounds } from '../model/tenancy';

/** The author of steps that no person takes. */
export const SYSTEM = 'system:requests';

/** A verdict as the database holds it. */
export interface StoredVerdict extends RequestVerdict {
  /** The requester cannot see the namespace, so the names of its deciders are hidden from the requester. */
  unseen?: boolean;
}

/** The namespace that an approval is for. One that was created again, or has another owner, is a different one. */
export interface ApprovedNamespace {
  createdAt: string;
  /** Entity ref. */
  owner?: string;
}

/** What was written when a request was provisioned; only `at` once that was undone. */
export interface AppliedMark {
  at: string;
  /** Distinguishes the namespace from another one of its name. */
  namespaceCreatedAt?: string;
  grantId?: string;
}

/** A request as the database holds it. */
export interface RequestRecord
  extends Pick<
    AccessRequest,
    'id' | 'spec' | 'state' | 'requester' | 'createdAt' | 'updatedAt'
  > {
  clusterId: string;
  /** The `metadata.uid` of the catalog entity of `spec.group` when the request was made. */
  groupUid?: string;
  /** The bounds of the requested quota when the request was made. */
  bounds?: QuotaBounds;
  /** Entity ref of the group whose owners decide. */
  decider?: string;
  /** The `metadata.uid` of the requester's user entity. */
  requesterUid?: string;
  verdict?: StoredVerdict;
  /** Of a quota and a grant, once it was approved. */
  approvedFor?: ApprovedNamespace;
  applied?: AppliedMark;
  /** How often it was retried. */
  retries: number;
  /** Grows with every change. */
  revision: number;
  steps: RequestStep[];
}

/** The spec, and what was resolved from it when it was validated. */
export type RequestContent = Pick<
  RequestRecord,
  'spec' | 'clusterId' | 'groupUid' | 'bounds' | 'decider'
>;

/** Who makes requests. A user who was created again in the catalog is another person. */
export interface Requester {
  userRef: string;
  uid?: string;
}

/** Which requests a person decides. */
export interface DeciderScope {
  /** All requests. */
  all: boolean;
  /** Entity refs of the groups for which the person decides. */
  groups: string[];
  /** Requests that touch no group. */
  ownerless: boolean;
}

export interface NewRequest
  extends RequestContent,
    Pick<
      RequestRecord,
      'requester' | 'requesterUid' | 'verdict' | 'approvedFor'
    > {
  idempotencyKey?: string;
  steps: NewStep[];
}

export type NewStep = Omit<RequestStep, 'at'>;

/** What a step may change in addition to the state. */
export type RequestChange = Partial<RequestContent> &
  Partial<
    Pick<RequestRecord, 'verdict' | 'applied' | 'approvedFor' | 'retries'>
  >;

/** What a namespace is promised, or will be once an approved request is provisioned. */
export interface PromisedNamespace {
  clusterId: string;
  namespace: string;
  hard: Record<string, string>;
}

/** Another request for the same target is open. */
export class TargetTakenError extends ConflictError {
  readonly target: string;

  constructor(target: string) {
    super('Another request for the same target is open');
    this.target = target;
  }
}

/** What a request is about. At most one request for each target may be open. */
export function targetOf(spec: RequestSpec, clusterId: string): string {
  return JSON.stringify([
    spec.kind,
    clusterId,
    spec.namespace,
    ...(spec.kind === 'grant' ? [spec.group] : []),
  ]);
}

/** Who takes a step: the person who made the request, one who may decide it, or the portal itself. */
export type StepTaker = 'requester' | 'decider' | 'system';

const STEPS: Record<
  RequestState,
  Partial<Record<RequestState, StepTaker[]>>
> = {
  Draft: { Submitted: ['requester'], Withdrawn: ['requester'] },
  Submitted: {
    AutoApproved: ['system'],
    Approved: ['decider'],
    Denied: ['decider'],
    Withdrawn: ['requester'],
  },
  AutoApproved: { Provisioning: ['system'] },
  Approved: { Provisioning: ['system'] },
  Provisioning: { Ready: ['system'], Failed: ['system'] },
  Failed: {
    // The rules apply as to a new request.
    Submitted: ['requester'],
    Approved: ['decider'],
    // Only to check again what was written and still stands.
    Provisioning: ['requester', 'decider'],
  },
  Denied: {},
  Withdrawn: {},
  Ready: {},
};

/** Every state, from the first to the last. */
export const REQUEST_STATES = Object.keys(STEPS) as RequestState[];

/** The states that may follow a state, and who may take each step. */
export function stepsFrom(
  state: RequestState,
): Partial<Record<RequestState, StepTaker[]>> {
  return STEPS[state];
}

/**
 * Whether a person with a role may take a request from one state to another. A failed request takes steps only in a
 * retry, which is limited: {@link assertRetryable}.
 */
export function mayStep(
  from: RequestState,
  to: RequestState,
  taker: StepTaker,
): boolean {
  return from !== 'Failed' && (STEPS[from][to]?.includes(taker) ?? false);
}

/** @throws ConflictError if that step is not possible from the state of the request */
export function assertStep(
  { state }: RequestRecord,
  to: RequestState,
  taker: StepTaker,
): void {
  if (!mayStep(state, to, taker)) {
    throw new ConflictError(
      state === 'Failed'
        ? `The request is Failed, so it cannot become ${to}; it can only be tried again`
        : `The request is ${state}, so it cannot become ${to}`,
    );
  }
}

/** Whether a request blocks another for the same target. */
export function isOpen(state: RequestState): boolean {
  return ['Submitted', 'AutoApproved', 'Approved', 'Provisioning'].includes(
    state,
  );
}

/** The states in which a request is not over. */
export const UNFINISHED = REQUEST_STATES.filter(
  state => state === 'Draft' || isOpen(state),
);

/** Bounds what is written and listed of a request. */
export const MAX_RETRIES = 5;

/** An approval is for now, not for the time when the cluster comes back. */
export const RETRY_WITHIN_MS = 24 * 60 * 60_000;

/** Why a failed request is over; undefined while it may be retried. */
export function whyOver(
  { retries, updatedAt }: Pick<RequestRecord, 'retries' | 'updatedAt'>,
  now: Date,
): string | undefined {
  if (retries >= MAX_RETRIES) {
    return `it was tried again ${MAX_RETRIES} times`;
  }
  return now.getTime() - new Date(updatedAt).getTime() >= RETRY_WITHIN_MS
    ? 'it failed more than a day ago'
    : undefined;
}

/** @throws ConflictError if a request may not be retried */
export function assertRetryable(request: RequestRecord, now: Date): void {
  const { state } = request;
  if (state !== 'Failed') {
    throw new ConflictError(
      `The request is ${state}; only a request that is Failed can be tried again`,
    );
  }
  const over = whyOver(request, now);
  if (over !== undefined) {
    throw new ConflictError(
      `The request cannot be tried again: ${over}. Make a new request`,
    );
  }
}

/** The short name of a person or group: `alice` for `user:default/alice`. */
export function nameOf(entityRef: string): string {
  const { namespace, name } = parseEntityRef(entityRef);
  return namespace === DEFAULT_NAMESPACE ? name : `${namespace}/${name}`;
}
