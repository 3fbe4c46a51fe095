import type {
  RbacV1Subject,
  V1ManagedFieldsEntry,
  V1NamespaceStatus,
  V1RoleRef,
} from '@kubernetes/client-node';
import { Outcome } from '../model/outcome';
import { KubeClient, KubeObject } from '../kube';
import {
  GrantRecord,
  NamespaceRecord,
  PersonalNamespaceRecord,
  QuotaRecord,
} from '../model/tenancy';
import type { ClusterRecord } from '../model/clusters';
import type { LeftoverCandidate } from './leftovers/classifyLeftover';
import type { OwnerIdentity } from './identities/types';
import type { KindProfiles } from './profiles/types';

/** A Namespace, as far as we read and write it. */
export interface NamespaceObject extends KubeObject {
  metadata: KubeObject['metadata'] & {
    /** The owners of its fields. Only the API server writes them. */
    managedFields?: V1ManagedFieldsEntry[];
  };
  status?: V1NamespaceStatus;
}

/** A RoleBinding, as far as we read and write it. */
export interface RoleBindingObject extends KubeObject {
  roleRef: V1RoleRef;
  subjects?: RbacV1Subject[];
}

/** The desired state of a cluster's namespaces, without its shares. */
export interface Tenants {
  namespaces: NamespaceRecord[];
  grants: GrantRecord[];
  quotas: QuotaRecord[];
  /** The people with a personal namespace. */
  personal?: PersonalNamespaceRecord[];
  /** The profiles of the namespaces that we make. */
  profiles?: KindProfiles;
  /** The IDs of the owners, by entity ref, as far as a profile needs them. */
  identities?: ReadonlyMap<string, OwnerIdentity>;
}

/** Reads the desired state of a cluster's namespaces. */
export interface TenantSource {
  read(
    cluster: Pick<ClusterRecord, 'id' | 'name' | 'labels'>,
  ): Promise<Tenants>;
}

/** The desired objects of a share, namespace, grant or quota. */
export interface DesiredSubject {
  subject: Subject;
  /** The name of the group in tokens, of a share. */
  kubernetesName?: string;
  namespace: NamespaceObject;
  /** Whether the namespace is that of a person, who must not get the content of another namespace. */
  personal?: boolean;
  /** Whether the namespace was taken over: no profile applies to it, and what Berth once set in it stays. */
  takenOver?: boolean;
  /** Whether the namespace was seen on the cluster and is not created again if it is gone. */
  createdOnce?: boolean;
  /** Whether the namespace is to be deleted. Nobody gets in, and what protects others stays until it is gone. */
  deleting?: boolean;
  /**
   * Whether only the fields of a profile that is gone are removed from the namespace, as from a former home. A namespace
   * without such fields is left alone, and none is created.
   */
  cleanUp?: boolean;
  /** The objects in that namespace. */
  objects: KubeObject[];
  /** Why nobody gets new access in the namespace. Everything else is applied. */
  held?: Problem;
}

/** The kinds of objects that we make; see `kinds.ts`. We write Secrets and never read them. */
export type ObjectKind = WatchedKind | 'Secret';

/** The kinds of objects that we make and watch. */
export type WatchedKind =
  | 'Namespace'
  | 'ResourceQuota'
  | 'LimitRange'
  | 'NetworkPolicy'
  | 'RoleBinding';

/** The key of an object of the kinds that we make. */
export interface ObjectKey {
  kind: ObjectKind;
  /** Empty for a Namespace. */
  namespace: string;
  name: string;
}

/** The observed objects of a cluster, by `keyText`. */
export interface Observed {
  /** Objects that exist. An object that was looked for and is in neither map does not exist. */
  objects: ReadonlyMap<string, KubeObject>;
  /** Objects whose reading failed. */
  failures: ReadonlyMap<string, unknown>;
  /** Objects with our labels that were not requested and that the inventory does not list, as far as known. */
  leftovers?: LeftoverCandidate[];
}

/** A request to an observer. */
export interface Observation {
  cluster: ClusterRecord;
  client: KubeClient;
  /** The objects to observe. */
  keys: ObjectKey[];
  /** The desired objects. Of an object that matches, only this and its UID need to be known. */
  wanted: KubeObject[];
  inventory: InventoryEntry[];
  signal: AbortSignal;
}

/** Observes the objects on clusters. */
export interface Observer {
  /**
   * @throws KubeError if the cluster as a whole cannot be read
   */
  observe(observation: Observation): Promise<Observed>;
  /** Stops observing a cluster. */
  release(clusterId: string): void;
  /** Stops observing all clusters. */
  stop(): Promise<void>;
}

/** An object that Berth made, or was about to make. */
export interface InventoryEntry extends ObjectKey {
  /** The UID; unknown between the intent to create the object and the result. */
  uid?: string;
}

/**
 * The right of one replica to work on a cluster. Every write to the database carries the fencing token, and
 * fails once another replica has taken the cluster over.
 */
export interface FencingToken {
  clusterId: string;
  /** The replica that holds the lease. */
  holder: string;
  /** Increases each time that the cluster changes hands. */
  token: number;
}

/**
 * The objects that Berth made on clusters, by UID: the only list that pruning reads, because the admins of a
 * namespace can remove and forge labels. Writes are all or nothing, and fail with `LeaseLostError` once another
 * replica has taken the cluster over.
 */
export interface Inventory {
  list(clusterId: string): Promise<InventoryEntry[]>;
  /**
   * Records the intent to create objects. Call before the creation, so that objects are not lost if the process
   * dies right after it.
   */
  intend(fencingToken: FencingToken, keys: ObjectKey[]): Promise<void>;
  /**
   * Records results: objects that exist, with their UIDs, and objects that are gone or were never made. With another
   * UID of a namespace than before, the other entries in it lose their UIDs, because their objects went with the former
   * namespace.
   */
  record(
    fencingToken: FencingToken,
    changes: { exist: Required<InventoryEntry>[]; gone: ObjectKey[] },
  ): Promise<void>;
}

/** One step from the actual to the desired state of an object. Each can be repeated. */
export type Action =
  /**
   * Creates by POST, which fails if the object exists: an object that others create at the same moment is not
   * taken over.
   */
  | { type: 'create'; object: KubeObject }
  /**
   * Changes by server-side apply. With a UID it changes exactly that object, and fails if the object is gone:
   * an object that was deleted meanwhile is not created again.
   */
  | { type: 'apply'; object: KubeObject; uid?: string }
  /** Deletes, then applies, for immutable fields such as `roleRef`. */
  | { type: 'recreate'; object: KubeObject; uid: string }
  /** Records a matching object that the inventory does not know by this UID. */
  | { type: 'record'; key: ObjectKey; uid: string };

/** The reason why something cannot reach its desired state. */
export interface Problem {
  /** The cause in one word. */
  cause: string;
  /** A description of the problem and of its solution, for people. */
  message: string;
  /** Whether the problem may be gone soon without a change in the portal. */
  transient: boolean;
}

/** The share, namespace, grant or quota of an outcome. */
export type Subject =
  | { type: 'share'; group: string }
  | { type: 'namespace'; name: string }
  | { type: 'grant'; id: string }
  | { type: 'quota'; namespace: string };

/** The outcome of a subject. */
export interface SubjectOutcome {
  subject: Subject;
  outcome: Outcome;
}

/** Stores the outcomes of subjects, for people to see. */
export interface OutcomeStore {
  /** Writes all or none; subjects that are gone are skipped. */
  record(fencingToken: FencingToken, outcomes: SubjectOutcome[]): Promise<void>;
}

/** The steps of a subject. */
export interface SubjectPlan {
  subject: Subject;
  /** The namespace of the objects. Nothing is done in it while the namespace cannot be made. */
  namespace: string;
  /** The steps; empty if everything matches. With a problem, only those that it does not stop. */
  actions: Action[];
  problem?: Problem;
  /** The wanted objects without steps because of the problem. */
  unplanned?: ObjectKey[];
}

/** An object that is no longer wanted. Never a namespace. */
export type Revocation =
  /** A Secret that may or may not exist has no UID; its name is ours. */
  | { type: 'delete'; key: ObjectKey; uid?: string }
  /** Nothing of ours exists; only the inventory lists it. */
  | { type: 'forget'; key: ObjectKey };

/** The plan of a cluster. */
export interface Plan {
  /** The deletions, which are done first. */
  revocations: Revocation[];
  subjects: SubjectPlan[];
}
