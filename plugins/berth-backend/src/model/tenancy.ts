import { PermissionCriteria } from '@backstage/plugin-permission-common';
import {
  ManagedNamespace,
  NamespacePhase,
  NamespaceQuery,
  NamespaceRole,
  QuotaLimits,
  Toleration,
} from '@berth/plugin-berth-common';
import { Outcome } from './outcome';
import { CountedPositionedPage, PageRequest } from './paging';
import { ClusterFilter, ClusterSummary } from './clusters';

/** A catalog group and its permanent Kubernetes group name. */
export interface GroupName {
  /** Entity ref, lowercase. */
  groupRef: string;
  /** A DNS label; the home namespace of the group has this name, with the namespace prefix of the cluster. */
  name: string;
}

/** A group that needs a Kubernetes name. */
export interface GroupNameSpec {
  /** Entity ref whose name part has the spelling of the group's `metadata.name`. */
  groupRef: string;
  /** The name that an admin chose. */
  given?: string;
  /** The cluster is shared with the group already. */
  isShared?: boolean;
}

/** The table of catalog groups and their Kubernetes names. */
export interface GroupNames {
  /** Returns the names of those groups that have one. */
  find(groupRefs: string[]): Promise<GroupName[]>;
  /** Returns the entity ref of the group with the Kubernetes name. */
  groupWithName(name: string): Promise<string | undefined>;
}

/** Identifies a namespace. */
export interface NamespaceKey {
  clusterId: string;
  name: string;
}

interface Reconciled extends Outcome {
  since: string;
}

/** A namespace in the database. */
export interface NamespaceRecord extends NamespaceKey, Reconciled {
  /** Entity ref of a group; of a user if the namespace is personal. */
  owner?: string;
  /** Entity ref of a system of the catalog. */
  system?: string;
  /**
   * `share`: the home namespace of its owner. `request`: created on its own. `adopted`: taken over with its
   * content. `personal`: the namespace of one person.
   */
  origin: 'share' | 'request' | 'adopted' | 'personal';
  purpose?: string;
  phase: NamespacePhase;
  terminating?: ManagedNamespace['terminating'];
  uid?: string;
  /** The time since when Berth deletes it. */
  deletingSince?: string;
  createdAt: string;
  createdBy?: string;
}

/** The state of a namespace on its cluster. Undefined fields are unknown. */
export type NamespaceObservation = Pick<
  NamespaceRecord,
  'phase' | 'terminating' | 'uid'
>;

/** A namespace to create, already validated. */
export type NewNamespace = Pick<
  NamespaceRecord,
  'clusterId' | 'name' | 'owner' | 'system' | 'purpose' | 'createdBy'
> & {
  /** `request` by default. */
  origin?: 'request' | 'adopted' | 'personal';
};

/** The roles that a person can have in the personal namespace. */
export type PersonalRole = Extract<NamespaceRole, 'admin' | 'edit'>;

/** The access of a person to the personal namespace. */
export interface PersonalNamespaceRecord extends NamespaceKey {
  /** Entity ref. */
  user: string;
  /** The `metadata.uid` of the user's entity. A user who is created again has another one, and no access. */
  userUid: string;
  role: PersonalRole;
  /** Whether it was seen on the cluster. If it is gone there, it is created again only when the person asks. */
  made: boolean;
  /** The time since when the catalog has no such user. The user then has no role in the namespace. */
  absentSince?: string;
}

/** A personal namespace to create, already validated. */
export type NewPersonalNamespace = Pick<
  PersonalNamespaceRecord,
  'clusterId' | 'name' | 'user' | 'userUid' | 'role'
>;

/** A change of the details of a namespace, already validated. Omitted fields stay; `null` removes the value. */
export interface NamespaceChange {
  owner?: string | null;
  system?: string | null;
  purpose?: string | null;
}

/** A grant in the database, joined with the Kubernetes name of the group. */
export interface GrantRecord extends Reconciled {
  id: string;
  clusterId: string;
  namespace: string;
  /** Entity ref. */
  group: string;
  /** The `metadata.uid` of the entity that has the Kubernetes name. */
  groupUid?: string;
  kubernetesName: string;
  role: NamespaceRole;
  source: 'share' | 'grant';
  expiresAt?: string;
  createdAt: string;
  createdBy?: string;
}

/** A grant, and whether it is effective. */
export interface GrantWithShare extends GrantRecord {
  /** Whether the cluster is shared with the group. Otherwise its members get no token for the cluster. */
  shared: boolean;
}

/** A grant to create, already validated. */
export interface GrantSpec {
  /** Entity ref whose name part has the spelling of the group's `metadata.name`. */
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
  /** The nodes of the size class; absent if the class names none. */
  placement?: QuotaPlacement;
}

/** The nodes for the pods of a namespace, as its size class had them when the quota was set. */
export interface QuotaPlacement {
  nodeSelector: Record<string, string>;
  tolerations: Toleration[];
}

/** A quota in the database. */
export interface QuotaRecord extends QuotaBounds, Reconciled {
  clusterId: string;
  namespace: string;
  used?: Record<string, string>;
  observedAt?: string;
}

/** A namespace with the data that Berth shows. */
export interface ListedNamespace {
  cluster: ClusterSummary;
  namespace: NamespaceRecord;
  /** The grants that the caller may see. */
  grants: GrantWithShare[];
  /** Whether it is the personal namespace of the caller, who then has a role without a grant. */
  own?: boolean;
  quota?: QuotaRecord;
  /** Of a personal namespace: the person who has it. */
  personal?: PersonalNamespaceRecord;
}

/** A permission rule for namespaces as a query. All its fields must match. */
export interface NamespaceCondition {
  /** Names of clusters. */
  clusters?: string[];
  /** Entity refs of groups; one of them owns the namespace. */
  ownedBy?: string[];
  /** Entity refs of groups; one of them has a grant. */
  grantedTo?: string[];
}

/** Selects and sorts the namespaces to list. */
export interface NamespaceFilter
  extends Pick<
    NamespaceQuery,
    'search' | 'phase' | 'unbounded' | 'orderBy' | 'order'
  > {
  /** Ids of their clusters. All by default. */
  clusterIds?: string[];
  /** A further condition for their clusters. */
  clusters?: ClusterFilter;
  /** Entity refs of groups that own the namespace or have a grant in it. */
  groups?: string[];
  /** Entity refs of groups that own the namespace, in addition to `groups`. */
  owners?: string[];
  /** Entity refs of the caller's groups. Undefined for callers who see everything. */
  visibleTo?: string[];
  /** The caller, whose personal namespaces are selected in addition to `visibleTo`. */
  visibleToUser?: Pick<PersonalNamespaceRecord, 'user' | 'userUid'>;
  criteria?: PermissionCriteria<NamespaceCondition>;
}

/** The namespaces that Berth manages. */
export interface NamespaceStore {
  list(
    filter: NamespaceFilter,
    page: PageRequest,
  ): Promise<CountedPositionedPage<NamespaceRecord>>;
  listByCluster(clusterId: string): Promise<NamespaceRecord[]>;
  get(key: NamespaceKey): Promise<NamespaceRecord | undefined>;
  /** @throws ConflictError if the name exists, or a group has it as its Kubernetes name */
  create(namespace: NewNamespace): Promise<NamespaceRecord>;
  /**
   * @throws NotFoundError if the namespace is gone; ConflictError if a home namespace would change its owner, or
   *   another group has the name as its Kubernetes name
   */
  update(
    key: NamespaceKey,
    change: NamespaceChange,
  ): Promise<{ before: NamespaceRecord; after: NamespaceRecord }>;
  /** Changes an adopted namespace to a created one, because the cluster had none to take over. */
  markCreated(key: NamespaceKey): Promise<void>;
  /** Marks a namespace that is being deleted. The reconciler then ignores it. */
  markDeleting(key: NamespaceKey): Promise<void>;
  /** Removes the mark after a failed deletion. */
  unmarkDeleting(key: NamespaceKey): Promise<void>;
  remove(key: NamespaceKey): Promise<void>;
  observe(key: NamespaceKey, seen: NamespaceObservation): Promise<void>;
}

/** The roles of groups in namespaces. */
export interface GrantStore {
  /**
   * Lists the grants of one cluster, one namespace or all clusters, including expired ones that are not deleted
   * yet.
   */
  list(where?: Partial<NamespaceKey>): Promise<GrantRecord[]>;
  /** Lists the grants of some namespaces, including expired ones. */
  listByNamespaces(keys: NamespaceKey[]): Promise<GrantWithShare[]>;
  /** Returns the catalog entities that have the Kubernetes names of some groups. */
  groupIdentities(
    groups: string[],
  ): Promise<Pick<GrantRecord, 'group' | 'groupUid'>[]>;
  /** Lists the grants of some groups on a cluster. */
  listByGroups(clusterId: string, groups: string[]): Promise<GrantRecord[]>;
  /** Lists the grants of some groups on a cluster that have an expiry. */
  listExpiring(clusterId: string, groups: string[]): Promise<GrantRecord[]>;
  /**
   * Locks the namespace within a transaction: other changes of it wait until the transaction ends.
   *
   * @throws NotFoundError if the namespace is gone
   */
  lock(key: NamespaceKey): Promise<void>;
  /**
   * Replaces all grants of a namespace, except grants of shares, by `specs` in one transaction.
   *
   * @throws NotFoundError if the namespace is gone; ConflictError if a group has a role through its share there;
   *   and the errors for group names
   */
  replace(
    key: NamespaceKey,
    specs: GrantSpec[],
    by: string,
  ): Promise<GrantWithShare[]>;
  /** Deletes the expired grants and returns them. */
  deleteExpired(now: Date): Promise<GrantRecord[]>;
}

/** The quotas of namespaces. */
export interface QuotaStore {
  list(where?: Partial<NamespaceKey>): Promise<QuotaRecord[]>;
  /** Lists the quotas of some namespaces. */
  listByNamespaces(keys: NamespaceKey[]): Promise<QuotaRecord[]>;
  /** @throws NotFoundError if the namespace is gone */
  set(key: NamespaceKey, bounds: QuotaBounds): Promise<QuotaRecord>;
  remove(key: NamespaceKey): Promise<boolean>;
  observe(key: NamespaceKey, used: Record<string, string>): Promise<void>;
}

/** The personal namespaces. */
export interface PersonalNamespaceStore {
  list(where?: {
    clusterId?: string;
    user?: string;
  }): Promise<PersonalNamespaceRecord[]>;
  get(key: NamespaceKey): Promise<PersonalNamespaceRecord | undefined>;
  listByNamespaces(keys: NamespaceKey[]): Promise<PersonalNamespaceRecord[]>;
  /**
   * Makes a namespace of the origin `personal` the one of a person.
   *
   * @throws ConflictError if the person has one on the cluster
   */
  add(namespace: NewPersonalNamespace): Promise<void>;
  /**
   * Returns whether a former user of the same ref has a role on a cluster that is not taken away there yet, also in a
   * namespace that belongs to another owner now, was removed, or is left from a deleted registration of the cluster. A
   * token of the present user would open that namespace.
   */
  isOpenToFormer(person: {
    clusterId: string;
    user: string;
    userUid?: string;
  }): Promise<boolean>;
  /** Lets the reconciler create a namespace again that is gone on the cluster. */
  createAgain(key: NamespaceKey): Promise<void>;
  /**
   * Gives a namespace to a person, or to a group.
   *
   * @param owner - the person with the role, or the entity ref of a group
   * @throws NotFoundError if the namespace is gone; ConflictError if it is a home namespace, if a person would get an
   *   adopted one or a second one on the cluster, or if the name is kept for another group
   */
  transfer(
    key: NamespaceKey,
    owner: Pick<NewPersonalNamespace, 'user' | 'userUid' | 'role'> | string,
  ): Promise<{ before: NamespaceRecord; after: NamespaceRecord }>;
  /** Records whether the catalog has the users. */
  setAbsent(
    owners: Pick<PersonalNamespaceRecord, 'clusterId' | 'name' | 'userUid'>[],
    absent: boolean,
  ): Promise<void>;
}

/** Namespaces with their grants and quotas. */
export interface TenancyStores {
  namespaces: NamespaceStore;
  personal: PersonalNamespaceStore;
  grants: GrantStore;
  quotas: QuotaStore;
}

/** The stores, also within one transaction. */
export interface Tenancy extends TenancyStores {
  /** Saves all changes or none. */
  transaction<T>(work: (stores: TenancyStores) => Promise<T>): Promise<T>;
}
