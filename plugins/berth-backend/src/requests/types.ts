import {
  AccessRequest,
  NamespaceRole,
  RequestSpec,
  RequestKind,
  RequestState,
  RequestStep,
  RequestVerdict,
} from '@berth/plugin-berth-common';
import { QuotaBounds, TenancyStores } from '../model/tenancy';

/** The author of steps that no person takes. */
export const SYSTEM = 'system:requests';

/** A rule of `berth.requests.rules`; all that it names must hold. */
export interface RequestRule {
  name: string;
  kinds?: RequestKind[];
  /** Names of clusters. */
  clusters?: string[];
  clusterLabels?: Record<string, string>;
  sizeClasses?: string[];
  /** Entity refs. */
  groups?: string[];
  /** How long what is asked for may last at most. */
  maxDurationMs?: number;
  roles?: NamespaceRole[];
  /** What all namespaces that the group owns may be promised together, by resource name. */
  groupQuota?: Record<string, string>;
}

/** Who decides what the rules do not. */
export type ApproverKind = 'owners' | 'admins';

/** `berth.requests`. */
export interface RequestSettings {
  approvers: ApproverKind[];
  rules: RequestRule[];
  /** How long something may stay `Provisioning`. */
  provisioningTimeoutMs: number;
  /** How many requests a person may have that are not over, drafts among them. */
  openPerPerson: number;
}

/** A verdict as it is kept. */
export interface StoredVerdict extends RequestVerdict {
  /**
   * Its requester cannot see the namespace, nor whether there is one: who may decide, which says just that,
   * is not for them.
   */
  unseen?: boolean;
}

/** The namespace that an approval is for; one that was created again, or has another owner, is another. */
export interface ApprovedNamespace {
  createdAt: string;
  /** Entity ref. */
  owner?: string;
}

/** What was written when a request was provisioned; only `at` once it was taken back. */
export interface AppliedMark {
  at: string;
  /** Tells the namespace from another of its name. */
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
  /** The catalog entity that `spec.group` stood for. */
  groupUid?: string;
  /** What the quota that is asked for stood for. */
  bounds?: QuotaBounds;
  /** Entity ref of the group whose owners decide. */
  decider?: string;
  /** The `metadata.uid` of the requester's user entity. */
  requesterUid?: string;
  verdict?: StoredVerdict;
  /** Of a quota and a grant, once it was approved. */
  approvedFor?: ApprovedNamespace;
  applied?: AppliedMark;
  /** How often it was tried again. */
  retries: number;
  /** Grows with every change. */
  revision: number;
  steps: RequestStep[];
}

/** What is asked for, as far as it is settled when it is asked. */
export type RequestContent = Pick<
  RequestRecord,
  'spec' | 'clusterId' | 'groupUid' | 'bounds' | 'decider'
>;

/** Who makes requests; a user who was created again in the catalog is another person. */
export interface Requester {
  userRef: string;
  uid?: string;
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

/** Which requests a person decides. */
export interface DeciderScope {
  /** All of them. */
  all: boolean;
  /** Entity refs: those whose owners decide and which the person is one of. */
  groups: string[];
  /** Those that touch no group. */
  ownerless: boolean;
}

/** Which requests to list; all parts must hold. */
export interface RequestFilter {
  /** Who made them. */
  requester?: Requester;
  /** Those that wait for the decision of a person, who did not make them. */
  inboxOf?: { person: Requester; scope: DeciderScope };
  /** Those that a person made, or may decide and which are no draft. */
  visibleTo?: { person: Requester; scope: DeciderScope };
  states?: RequestState[];
  kind?: RequestKind;
  cluster?: string;
  namespace?: string;
  limit?: number;
  offset?: number;
}

/** What a namespace is promised, or will be. */
export interface PromisedNamespace {
  clusterId: string;
  namespace: string;
  hard: Record<string, string>;
}

/** The requests. */
export interface RequestStore {
  get(id: string): Promise<RequestRecord | undefined>;
  /** The latest first. */
  list(
    filter: RequestFilter,
  ): Promise<{ items: RequestRecord[]; totalItems: number }>;
  byKey(requester: Requester, key: string): Promise<RequestRecord | undefined>;
  /** How many requests a person has that are not over. */
  countUnfinished(requester: Requester): Promise<number>;
  /** How many requests were made under a user's name since a time. */
  countMade(userRef: string, since: Date): Promise<number>;
  /** The open one for a target. */
  openFor(target: string): Promise<RequestRecord | undefined>;
  /** The ids of those that are in one of the states, the eldest first. */
  inStates(states: RequestState[]): Promise<string[]>;
  /** Entity refs of the groups whose owners decide requests, drafts aside. */
  deciders(): Promise<string[]>;
  /**
   * @returns undefined if there is one under the key already
   * @throws TargetTakenError if another one for the same target is open
   */
  create(request: NewRequest): Promise<RequestRecord | undefined>;
  /**
   * Takes the request, as it was read, further by some steps at once.
   *
   * @returns undefined if it was changed by another person since
   * @throws TargetTakenError if another one for the same target is open
   */
  step(
    request: RequestRecord,
    steps: NewStep[],
    change?: RequestChange,
  ): Promise<RequestRecord | undefined>;
  /**
   * Within a transaction, makes others that count what a group is promised, or how many requests a person has,
   * wait for its end.
   */
  lockCount(entityRef: string): Promise<void>;
  /** What the namespaces that a group owns are promised, and will be once what is approved is made. */
  promisedTo(group: string): Promise<PromisedNamespace[]>;
}

/** The stores that a request touches. */
export interface RequestStores {
  requests: RequestStore;
  tenancy: TenancyStores;
  /** Records that the desired state of a cluster changed; in a transaction, the record cannot be lost. */
  noteChange(clusterId: string): Promise<void>;
}

/** The stores, also within one transaction. */
export interface RequestDatabase extends RequestStores {
  /** All of it is saved, or nothing. */
  atOnce<T>(work: (stores: RequestStores) => Promise<T>): Promise<T>;
}

/** What a request is about; of one target, one request may be open. */
export function targetOf(spec: RequestSpec, clusterId: string): string {
  return JSON.stringify([
    spec.kind,
    clusterId,
    spec.namespace,
    ...(spec.kind === 'grant' ? [spec.group] : []),
  ]);
}
