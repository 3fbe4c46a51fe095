import { List } from './types';

/**
 * What a group may do in a namespace: the ClusterRole of the same name, bound there.
 *
 * @see https://kubernetes.io/docs/reference/access-authn-authz/rbac/#user-facing-roles
 * @public
 */
export type NamespaceRole = 'admin' | 'edit' | 'view';

/** From the most to the least. @public */
export const NAMESPACE_ROLES: readonly NamespaceRole[] = [
  'admin',
  'edit',
  'view',
];

/**
 * How far the reconciler has come with something.
 *
 * @public
 */
export interface ReconcileState {
  state: 'Pending' | 'Ready' | 'Failed';
  /** One word for what failed, only when `Failed`. */
  cause?: string;
  /** What failed and what to do about it, for people. */
  message?: string;
  /** ISO 8601 time since when the state has been as it is. */
  since: string;
  /** ISO 8601 time of the next try, only when `Failed`. */
  nextTryAt?: string;
}

/**
 * A group's role in a namespace.
 *
 * @public
 */
export interface Grant extends ReconcileState {
  /** Entity ref of the group. */
  group: string;
  /** The group's name in tokens, without the cluster's `groupsPrefix`. */
  kubernetesName: string;
  role: NamespaceRole;
  /** ISO 8601; after it no token carries the grant, and its binding is deleted. */
  expiresAt?: string;
  /** `share`: comes and goes with the cluster's share; `grant`: set for this namespace. */
  source: 'share' | 'grant';
  /** What keeps the grant from having an effect, such as that the cluster is not shared with the group. */
  warning?: string;
}

/**
 * `Pending` until it exists on the cluster; the other two are Kubernetes' own.
 *
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/
 * @public
 */
export type NamespacePhase = 'Pending' | 'Active' | 'Terminating';

/**
 * The default requests and limits of containers, and their bounds, of one LimitRange item. Values are
 * quantities by resource name, such as `{cpu: '500m'}`.
 *
 * @see https://kubernetes.io/docs/concepts/policy/limit-range/
 * @public
 */
export interface QuotaLimits {
  type: 'Container' | 'Pod' | 'PersistentVolumeClaim';
  max?: Record<string, string>;
  min?: Record<string, string>;
  /** Limits of containers that name none; only for `Container`. */
  default?: Record<string, string>;
  /** Requests of containers that name none; only for `Container`. */
  defaultRequest?: Record<string, string>;
}

/**
 * What a namespace may use.
 *
 * @see https://kubernetes.io/docs/concepts/policy/resource-quotas/
 * @public
 */
export interface SetQuotaRequest {
  /** A preset of `berth.sizeClasses`, in place of `hard` and `limits`. */
  sizeClass?: string;
  /** Quantities by resource name, such as `{'requests.cpu': '4', 'requests.nvidia.com/gpu': '1'}`. */
  hard?: Record<string, string>;
  limits?: QuotaLimits[];
  /** Counts only pods of these PriorityClasses. */
  priorityClasses?: string[];
}

/**
 * The ResourceQuota and LimitRange of a namespace.
 *
 * @public
 */
export interface NamespaceQuota extends ReconcileState {
  sizeClass?: string;
  /** Canonical quantities by resource name. */
  hard: Record<string, string>;
  limits: QuotaLimits[];
  priorityClasses: string[];
  /** What the cluster says is in use, by resource name; absent until it was observed. */
  used?: Record<string, string>;
  /** ISO 8601 time of `used`. */
  observedAt?: string;
  /** With it as `If-Match`, a change is refused (412) if someone else has changed the quota since. */
  etag: string;
}

/**
 * The answer to a change of a quota.
 *
 * @public
 */
export interface SetQuotaResponse extends NamespaceQuota {
  /** What is in use above the new bounds already, such as `requests.cpu: 6 used, 4 allowed`. */
  exceeded: QuotaExcess[];
}

/** @public */
export interface QuotaExcess {
  resource: string;
  used: string;
  hard: string;
}

/**
 * A preset for quotas, from `berth.sizeClasses`.
 *
 * @public
 */
export interface SizeClass {
  name: string;
  title?: string;
  description?: string;
  hard: Record<string, string>;
  limits: QuotaLimits[];
}

/**
 * A namespace that Berth manages.
 *
 * @public
 */
export interface ManagedNamespace extends ReconcileState {
  /** Name of the cluster. */
  cluster: string;
  name: string;
  /** Entity ref of the group that answers for it. */
  owner?: string;
  /** Entity ref of the system in the catalog that it is part of. */
  system?: string;
  /** Whether it is the home namespace of its owner, which comes with a share. */
  home: boolean;
  /** What it is for, in the words of who made it. */
  purpose?: string;
  phase: NamespacePhase;
  /** What holds a `Terminating` namespace, in the cluster's words. */
  terminating?: {
    since?: string;
    finalizers: string[];
    conditions: { type: string; message: string }[];
  };
  /** All grants for an admin, those of the caller's own groups for everybody else. */
  grants: Grant[];
  quota?: NamespaceQuota;
  /** `metadata.uid` on the cluster, once it was seen there. */
  uid?: string;
  createdAt: string;
  /** Entity ref of who made it through the portal. */
  createdBy?: string;
  /** With it as `If-Match`, a `PATCH` is refused (412) if someone else has changed the same since. */
  etag: string;
}

/**
 * Who gets into a namespace.
 *
 * @public
 */
export interface GrantList extends List<Grant> {
  /** With it as `If-Match`, a change is refused (412) if someone else has changed the access since. */
  etag: string;
}

/** @public */
export interface CreateNamespaceRequest {
  /** A DNS label. */
  name: string;
  /** Entity ref of the group that answers for it. */
  owner?: string;
  /**
   * Entity ref of the system in the catalog that it is part of; kind `system` and namespace `default` may be
   * left out.
   */
  system?: string;
  purpose?: string;
  grants?: GrantRequest[];
  quota?: SetQuotaRequest;
  /** Takes over a namespace that exists on the cluster and that Berth did not make. */
  adopt?: boolean;
}

/**
 * What is to change of a namespace: what is left out stays, `null` removes.
 *
 * @public
 */
export interface UpdateNamespaceRequest {
  /** As of `CreateNamespaceRequest`. A home namespace keeps its owner. */
  owner?: string | null;
  /** As of `CreateNamespaceRequest`. */
  system?: string | null;
  purpose?: string | null;
}

/**
 * Whether a namespace of a name can be created on a cluster.
 *
 * @public
 */
export interface NamespaceAvailability {
  /**
   * - `Free`: no rule is against the name, and the cluster has no namespace of that name
   * - `Taken`: there is one already, or the name is kept for a group
   * - `Refused`: a rule is against the name
   * - `Unknown`: no rule is against the name, but the cluster could not be asked
   */
  state: 'Free' | 'Taken' | 'Refused' | 'Unknown';
  /** Why, in every state but `Free`, for people. */
  message?: string;
  /** The cluster has a namespace of that name that Berth does not manage, and that an admin can take over. */
  adoptable?: boolean;
}

/** @public */
export interface GrantRequest {
  /** Entity ref of the group. */
  group: string;
  role: NamespaceRole;
  /** ISO 8601, in the future. */
  expiresAt?: string;
}

/** @public */
export interface SetGrantsRequest {
  /** The whole set; those that come with a share stay and are not named. */
  grants: GrantRequest[];
}

/**
 * Which namespaces to list.
 *
 * @public
 */
export interface NamespaceQuery {
  /** Names of clusters. */
  cluster?: string | string[];
  /** A part of the namespace's name. */
  search?: string;
  /** Entity refs of groups that own it or hold a grant in it. */
  group?: string | string[];
  phase?: NamespacePhase;
  /** Only what the caller's own groups hold, also for admins. */
  mine?: boolean;
  /** Only those without a quota. */
  unbounded?: boolean;
  orderBy?: 'name' | 'cluster' | 'owner' | 'phase' | 'createdAt';
  order?: 'asc' | 'desc';
  /** 50 by default, 500 at most. */
  limit?: number;
  offset?: number;
}

/**
 * What is promised and used on a cluster, per resource.
 *
 * @public
 */
export interface QuotaTotal {
  /** Such as `cpu`, `memory`, `nvidia.com/gpu`. */
  resource: string;
  /** The sum of the nodes' allocatable, where known. */
  allocatable?: string;
  /** The sum of the quotas' bounds. */
  hard: string;
  /** The sum of what is in use in namespaces with a quota. */
  used: string;
}

/**
 * The quotas of a cluster.
 *
 * @public
 */
export interface ClusterQuotas {
  cluster: string;
  totals: QuotaTotal[];
  /** How many namespaces have no quota. */
  unbounded: number;
  items: ManagedNamespace[];
  totalItems: number;
}
