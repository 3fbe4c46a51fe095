import { NamespaceRole, SetQuotaRequest } from './namespaces';

/** What a person requests. @public */
export type RequestKind = 'namespace' | 'quota' | 'grant';

/**
 * The state of a request. A `Draft` is `Submitted`, then `AutoApproved`, `Approved`, `Denied` or `Withdrawn`.
 * An approved request is `Provisioning`, then `Ready` or `Failed`. A draft can be withdrawn too, and a failed
 * request can be tried again.
 *
 * @public
 */
export type RequestState =
  | 'Draft'
  | 'Submitted'
  | 'AutoApproved'
  | 'Approved'
  | 'Denied'
  | 'Withdrawn'
  | 'Provisioning'
  | 'Ready'
  | 'Failed';

/** Final, except that a `Failed` request may be tried again. @public */
export const FINAL_REQUEST_STATES: readonly RequestState[] = [
  'Denied',
  'Withdrawn',
  'Ready',
  'Failed',
];

/** @public */
export interface RequestAddress {
  /** Name of the cluster. */
  cluster: string;
  /** Name of the namespace: of a new one, a DNS label. */
  namespace: string;
}

/** What every request has. @public */
export interface RequestReason {
  /** Why, in the words of the requester; up to 500 characters. */
  purpose?: string;
}

/**
 * A new namespace.
 *
 * @public
 */
export interface NamespaceRequestSpec extends RequestAddress, RequestReason {
  kind: 'namespace';
  /** Entity ref of the group that will own it and be its `admin`; one of the requester's. */
  group: string;
  /** Entity ref of the system in the catalog that it will be part of; as of `CreateNamespaceRequest`. */
  system?: string;
  /** What it may use: a size class, or bounds. */
  quota: SetQuotaRequest;
  /** ISO 8601; the group's grant ends then. The namespace and its content stay. */
  expiresAt?: string;
}

/**
 * Another quota for a namespace in which one of the requester's groups holds `admin` or `edit`.
 *
 * @public
 */
export interface QuotaRequestSpec extends RequestAddress, RequestReason {
  kind: 'quota';
  quota: SetQuotaRequest;
}

/**
 * A role in an existing namespace.
 *
 * @public
 */
export interface GrantRequestSpec extends RequestAddress, RequestReason {
  kind: 'grant';
  /** Entity ref of the group that shall hold it; one of the requester's. */
  group: string;
  role: NamespaceRole;
  /** ISO 8601, in the future. */
  expiresAt?: string;
}

/** @public */
export type RequestSpec =
  | NamespaceRequestSpec
  | QuotaRequestSpec
  | GrantRequestSpec;

/**
 * @public
 */
export type CreateRequestRequest = RequestSpec & {
  /** Whether it stays a draft, for its requester only. */
  draft?: boolean;
  /**
   * Up to 200 characters, chosen by the requester: a second call with the same key returns the existing request and
   * creates nothing.
   */
  idempotencyKey?: string;
};

/** A step of a request: who took it, when, why. @public */
export interface RequestStep {
  state: RequestState;
  /** ISO 8601. */
  at: string;
  /** Entity ref of a person, or `system:requests`. */
  by: string;
  /** A comment, the rule that decided, or what failed. */
  reason?: string;
}

/**
 * The result of the rules in `berth.requests`.
 *
 * @public
 */
export interface RequestVerdict {
  outcome: 'AutoApprove' | 'NeedsApproval';
  /** Name of the rule that decided; absent if none applies. */
  rule?: string;
  /** In words, for people: which rule applies, or why each does not. */
  reasons: string[];
  /** Entity refs of the persons and groups who may decide. */
  approvers: string[];
  /** A person has to decide, and nobody but the requester may. */
  undecidable?: boolean;
  /** What could not be checked, such as whether the cluster has the namespace; only of a preview. */
  warning?: string;
}

/** What an approver needs to see next to a request, as far as it is known. @public */
export interface RequestObservation {
  /** Bounds that the quota asked for stands for, by resource name. */
  requested?: Record<string, string>;
  /** Bounds now, by resource name. */
  hard?: Record<string, string>;
  /** In use now, by resource name. */
  used?: Record<string, string>;
  /** ISO 8601 time of `used`. */
  observedAt?: string;
  /** What the group may still be given under the rule `groupQuota`, by resource name. */
  left?: Record<string, string>;
  /** The rule whose `groupQuota` it is. */
  leftRule?: string;
  /** Whether Berth manages a namespace of that name on the cluster now; only of a single request. */
  namespaceExists?: boolean;
  /** Entity ref of the owner of that namespace. */
  namespaceOwner?: string;
}

/**
 * A person's request for a namespace, quota or grant, with its decision.
 *
 * @public
 */
export interface AccessRequest {
  /** ULID. */
  id: string;
  spec: RequestSpec;
  state: RequestState;
  /** Entity ref. */
  requester: string;
  /** ISO 8601. */
  createdAt: string;
  /** ISO 8601 time of the last step. */
  updatedAt: string;
  /** From the first to the last. */
  steps: RequestStep[];
  /** The result of the rules when it was submitted; for a draft, their result now. */
  verdict?: RequestVerdict;
  /** Only for who may decide, and admins. */
  observed?: RequestObservation;
  /** The namespace that it was `Ready` in does not exist any more; only of a single request. */
  gone?: boolean;
  /** What the caller may do with it now. */
  may: {
    decide: boolean;
    withdraw: boolean;
    submit: boolean;
    retry: boolean;
  };
}

/**
 * Which requests to list.
 *
 * @public
 */
export interface RequestQuery {
  /**
   * `mine`: those that the caller made; `inbox`: those that wait for the caller's decision; `all`: all that the
   * caller may see, which for admins are all but others' drafts. `mine` by default.
   */
  scope?: 'mine' | 'inbox' | 'all';
  state?: RequestState | RequestState[];
  kind?: RequestKind;
  /** Name of the cluster. */
  cluster?: string;
  namespace?: string;
  /** 50 by default, 200 at most. */
  limit?: number;
  offset?: number;
}

/** @public */
export interface RequestDecision {
  decision: 'approve' | 'deny';
  /** Needed to deny; up to 500 characters. */
  comment?: string;
}
