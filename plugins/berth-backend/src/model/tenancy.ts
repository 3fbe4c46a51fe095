import { PermissionCriteria } from '@backstage/plugin-permission-common';
import {
  ManagedNamespace,
  NamespacePhase,
  NamespaceQuery,
  NamespaceRole,
  QuotaLimits,
} from '@berth/plugin-berth-common';
import { Outcome } from './outcome';
import { ClusterFilter, ClusterSummary } from './clusters';

/** A catalog group and the Kubernetes group name that is its own for ever. */
export interface GroupName {
  /** Entity ref, lowercase. */
  groupRef: string;
  /** A DNS label; also the name of the group's home namespace on every cluster. */
  name: string;
}

/** A group that is to have a Kubernetes name. */
export interface GroupNameSpec {
  /** Entity ref whose name part is spelled as the group's `metadata.name`. */
  groupRef: string;
  /** The name that an admin gave. */
  given?: string;
}

/** The table of catalog groups and their Kubernetes names. */
export interface GroupNames {
  /** Those of the groups that have a name. */
  find(groupRefs: string[]): Promise<GroupName[]>;
  /** Entity ref of the group that has a name as its Kubernetes name. */
  groupWithName(name: string): Promise<string | undefined>;
}

/** Names a namespace. */
export interface NamespaceKey {
  clusterId: string;
  name: string;
}

interface Reconciled extends Outcome {
  since: string;
}

/** A namespace as the database holds it. */
export interface NamespaceRecord extends NamespaceKey, Reconciled {
  /** Entity ref of a group. */
  owner?: string;
  /** Entity ref of a system of the catalog. */
  system?: string;
  /**
   * `share`: the home namespace of its owner; `request`: created on its own; `adopted`: taken over with
   * everything in it.
   */
  origin: 'share' | 'request' | 'adopted';
  purpose?: string;
  phase: NamespacePhase;
  terminating?: ManagedNamespace['terminating'];
  uid?: string;
  /** Since when it is to be gone. */
  deletingSince?: string;
  createdAt: string;
  createdBy?: string;
}

/** What was seen of a namespace on its cluster; undefined fields are not known to be. */
export type NamespaceObservation = Pick<
  NamespaceRecord,
  'phase' | 'terminating' | 'uid'
>;

/** A namespace to be made, already validated. */
export type NewNamespace = Pick<
  NamespaceRecord,
  'clusterId' | 'name' | 'owner' | 'system' | 'purpose' | 'createdBy'
> & {
  /** `request` by default. */
  origin?: 'request' | 'adopted';
};

/** What people say of a namespace, already validated: what is left out stays, `null` removes. */
export interface NamespaceChange {
  owner?: string | null;
  system?: string | null;
  purpose?: string | null;
}

/** A grant as the database holds it, with the group's names joined in. */
export interface GrantRecord extends Reconciled {
  id: string;
  clusterId: string;
  namespace: string;
  /** Entity ref. */
  group: string;
  /** The `metadata.uid` of the entity that the Kubernetes name was given to. */
  groupUid?: string;
  kubernetesName: string;
  role: NamespaceRole;
  source: 'share' | 'grant';
  expiresAt?: string;
  createdAt: string;
  createdBy?: string;
}

/** A grant, and whether it has an effect. */
export interface GrantWithShare extends GrantRecord {
  /** Whether the cluster is shared with the group, as otherwise its members get no token for it. */
  shared: boolean;
}

/** A grant to be made, already validated. */
export interface GrantSpec {
  /** Entity ref whose name part is spelled as the group's `metadata.name`. */
  group: string;
  uid?: string;
  role: NamespaceRole;
  expiresAt?: string;
}

/** The bounds of a quota, already validated: quantities are canonical. */
export interface QuotaBounds {
  sizeClass?: string;
  hard: Record<string, string>;
  limits: QuotaLimits[];
  priorityClasses: string[];
}

/** A quota as the database holds it. */
export interface QuotaRecord extends QuotaBounds, Reconciled {
  clusterId: string;
  namespace: string;
  used?: Record<string, string>;
  observedAt?: string;
}

/** What is shown of a namespace. */
export interface ListedNamespace {
  cluster: ClusterSummary;
  namespace: NamespaceRecord;
  /** Those that the caller may see. */
  grants: GrantWithShare[];
  quota?: QuotaRecord;
}

/** What a permission rule says of namespaces, as a query: all of its members hold. */
export interface NamespaceCondition {
  /** Names of clusters. */
  clusters?: string[];
  /** Entity refs of groups, one of which owns it. */
  ownedBy?: string[];
  /** Entity refs of groups, one of which holds a grant. */
  grantedTo?: string[];
}

/** Which namespaces to list, in which order. */
export interface NamespaceFilter
  extends Pick<
    NamespaceQuery,
    'search' | 'phase' | 'unbounded' | 'orderBy' | 'order' | 'limit' | 'offset'
  > {
  /** Which clusters they are on; all by default. */
  clusterIds?: string[];
  /** What else is to hold for their clusters. */
  clusters?: ClusterFilter;
  /** Entity refs of groups that own it or hold a grant in it. */
  groups?: string[];
  /** Entity refs of groups that own it, in addition to `groups`. */
  owners?: string[];
  /** Entity refs of the groups of the caller; undefined for callers who see everything. */
  visibleTo?: string[];
  criteria?: PermissionCriteria<NamespaceCondition>;
}

/** The namespaces that Berth manages. */
export interface NamespaceStore {
  /** A `totalItems` of many thousands may be some seconds old. */
  list(
    filter: NamespaceFilter,
  ): Promise<{ items: NamespaceRecord[]; totalItems: number }>;
  listByCluster(clusterId: string): Promise<NamespaceRecord[]>;
  get(key: NamespaceKey): Promise<NamespaceRecord | undefined>;
  /** @throws ConflictError if there is one of that name, or a group has it as its Kubernetes name */
  create(namespace: NewNamespace): Promise<NamespaceRecord>;
  /**
   * @throws NotFoundError if the namespace is gone; ConflictError if a home namespace would change its owner,
   *   or another group has its name as Kubernetes name
   */
  update(
    key: NamespaceKey,
    change: NamespaceChange,
  ): Promise<{ before: NamespaceRecord; after: NamespaceRecord }>;
  /** The cluster had none to take over, so it is made like any other. */
  markCreated(key: NamespaceKey): Promise<void>;
  /** From now on the reconciler leaves it alone. */
  markDeleting(key: NamespaceKey): Promise<void>;
  /** It could not be deleted after all. */
  unmarkDeleting(key: NamespaceKey): Promise<void>;
  remove(key: NamespaceKey): Promise<void>;
  observe(key: NamespaceKey, seen: NamespaceObservation): Promise<void>;
}

/** Which groups hold which roles in namespaces. */
export interface GrantStore {
  /** Of one cluster, of one namespace, or of all clusters; expired ones too, until they are swept. */
  list(where?: Partial<NamespaceKey>): Promise<GrantRecord[]>;
  /** Those of some namespaces; expired ones too. */
  listByNamespaces(keys: NamespaceKey[]): Promise<GrantWithShare[]>;
  /** Which catalog entities the names of some groups were given to. */
  groupIdentities(
    groups: string[],
  ): Promise<Pick<GrantRecord, 'group' | 'groupUid'>[]>;
  /** Those of some groups on a cluster. */
  listByGroups(clusterId: string, groups: string[]): Promise<GrantRecord[]>;
  /** Those of them that are to expire. */
  listExpiring(clusterId: string, groups: string[]): Promise<GrantRecord[]>;
  /**
   * Within a transaction, makes others that want to change the namespace wait for its end.
   *
   * @throws NotFoundError if the namespace is gone
   */
  lock(key: NamespaceKey): Promise<void>;
  /**
   * Replaces all grants of a namespace, except grants of shares, by `specs` in one transaction.
   *
   * @throws NotFoundError if the namespace is gone; ConflictError if a group holds a role through its
   *   share there; and as naming groups does
   */
  replace(
    key: NamespaceKey,
    specs: GrantSpec[],
    by: string,
  ): Promise<GrantWithShare[]>;
  /** Deletes what has expired, and says where. */
  deleteExpired(now: Date): Promise<GrantRecord[]>;
}

/** What namespaces may use. */
export interface QuotaStore {
  list(where?: Partial<NamespaceKey>): Promise<QuotaRecord[]>;
  /** Those of some namespaces. */
  listByNamespaces(keys: NamespaceKey[]): Promise<QuotaRecord[]>;
  /** @throws NotFoundError if the namespace is gone */
  set(key: NamespaceKey, bounds: QuotaBounds): Promise<QuotaRecord>;
  remove(key: NamespaceKey): Promise<boolean>;
  observe(key: NamespaceKey, used: Record<string, string>): Promise<void>;
}

/** Namespaces with their grants and quotas. */
export interface TenancyStores {
  namespaces: NamespaceStore;
  grants: GrantStore;
  quotas: QuotaStore;
}

/** The stores, also within one transaction. */
export interface Tenancy extends TenancyStores {
  /** All of it is saved, or nothing. */
  transaction<T>(work: (stores: TenancyStores) => Promise<T>): Promise<T>;
}
