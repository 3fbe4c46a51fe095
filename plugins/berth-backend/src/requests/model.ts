import { DEFAULT_NAMESPACE, parseEntityRef } from '@backstage/catalog-model';
import { ConflictError } from '@backstage/errors';
import {
  AccessRequest,
  REQUEST_STATES,
  RequestSpec,
  RequestState,
  RequestStep,
  RequestVerdict,
} from '@berth/plugin-berth-common';
import { QuotaBounds } from '../model/tenancy';

/** The author of steps that no person takes. */
export const SYSTEM = 'system:requests';

/** A verdict as stored in the database. */
export interface StoredVerdict extends RequestVerdict {
  /** The requester cannot see the namespace, so the names of its deciders are hidden from the requester. */
  unseen?: boolean;
}

/**
 * The namespace that an approval is for. A namespace that was created again, or has another owner, is a different
 * one.
 */
export interface ApprovedNamespace {
  createdAt: string;
  /** The entity ref of the owner. */
  owner?: string;
}

/** The record of what a provisioned request wrote; only `at` after that was undone. */
export interface AppliedMark {
  at: string;
  /** Distinguishes the namespace from others of the same name. */
  namespaceCreatedAt?: string;
  grantId?: string;
}

/** A request as stored in the database. */
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
  /** The namespace that the approval of a quota or grant is for. */
  approvedFor?: ApprovedNamespace;
  applied?: AppliedMark;
  /** The number of retries. */
  retries: number;
  /** Incremented with every change. */
  revision: number;
  steps: RequestStep[];
}

/** The spec, and the values that validation resolved from it. */
export type RequestContent = Pick<
  RequestRecord,
  'spec' | 'clusterId' | 'groupUid' | 'bounds' | 'decider'
>;

/** The person who made a request. A user who was created again in the catalog is another person. */
export interface Requester {
  userRef: string;
  uid?: string;
}

/** The requests that a person decides. */
export interface DeciderScope {
  /** Whether the person decides all requests. */
  all: boolean;
  /** Entity refs of the groups for which the person decides. */
  groups: string[];
  /** Whether the person decides requests that touch no group. */
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

/** The fields that a step may change in addition to the state. */
export type RequestChange = Partial<RequestContent> &
  Partial<
    Pick<RequestRecord, 'verdict' | 'applied' | 'approvedFor' | 'retries'>
  >;

/** The amounts that a namespace has, or will have when an approved request is provisioned. */
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

/** Returns the target of a request. At most one request for each target may be open. */
export function targetOf(spec: RequestSpec, clusterId: string): string {
  return JSON.stringify([
    spec.kind,
    clusterId,
    spec.namespace,
    ...(spec.kind === 'grant' ? [spec.group] : []),
  ]);
}

/** Who takes a step: the person who made the request, a person who may decide it, or the portal itself. */
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
    // The rules apply as for a new request.
    Submitted: ['requester'],
    Approved: ['decider'],
    // Only to check again what was written and still exists.
    Provisioning: ['requester', 'decider'],
  },
  Denied: {},
  Withdrawn: {},
  Ready: {},
};

/** Returns the states that may follow a state, and who may take each step. */
export function stepsFrom(
  state: RequestState,
): Partial<Record<RequestState, StepTaker[]>> {
  return STEPS[state];
}

/**
 * Returns whether a person with a role may take a request from one state to another. A failed request takes steps only in a
 * retry, which is limited: {@link assertRetryable}.
 */
export function mayStep(
  from: RequestState,
  to: RequestState,
  taker: StepTaker,
): boolean {
  return from !== 'Failed' && (STEPS[from][to]?.includes(taker) ?? false);
}

/** @throws ConflictError if the step is not possible from the state of the request */
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

/** Returns whether a request blocks another one for the same target. */
export function isOpen(state: RequestState): boolean {
  return ['Submitted', 'AutoApproved', 'Approved', 'Provisioning'].includes(
    state,
  );
}

/** The states of unfinished requests. */
export const UNFINISHED = REQUEST_STATES.filter(
  state => state === 'Draft' || isOpen(state),
);

/** Limits the number of steps of a request. */
export const MAX_RETRIES = 5;

/** An approval is for the present, not for the time when the cluster is back. */
export const RETRY_WITHIN_MS = 24 * 60 * 60_000;

/** Returns why a failed request cannot be retried any more; undefined if it can. */
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

/** Returns the short name of a person or group: `alice` for `user:default/alice`. */
export function nameOf(entityRef: string): string {
  const { namespace, name } = parseEntityRef(entityRef);
  return namespace === DEFAULT_NAMESPACE ? name : `${namespace}/${name}`;
}
