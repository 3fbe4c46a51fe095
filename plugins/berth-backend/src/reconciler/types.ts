import type {
  RbacV1Subject,
  V1NamespaceStatus,
  V1RoleRef,
} from '@kubernetes/client-node';
import { Outcome } from '../database/recordOutcome';
import { KubeClient, KubeObject } from '../kube';
import { GrantRecord, NamespaceRecord, QuotaRecord } from '../tenancy/types';
import type { ClusterRecord } from '../registry/types';
import type { LeftoverCandidate } from './leftovers/judgeLeftover';
import type { Profile } from './profiles/types';

/** A Namespace, as far as we read and write it. */
export interface NamespaceObject extends KubeObject {
  status?: V1NamespaceStatus;
}

/** A RoleBinding, as far as we read and write it. */
export interface RoleBindingObject extends KubeObject {
  roleRef: V1RoleRef;
  subjects?: RbacV1Subject[];
}

/** What is said of namespaces on a cluster beside its shares. */
export interface Tenants {
  namespaces: NamespaceRecord[];
  grants: GrantRecord[];
  quotas: QuotaRecord[];
  /** What the namespaces that we make hold; undefined where none is for the cluster. */
  profile?: Profile;
}

/** Tells what is said of namespaces on a cluster. */
export interface TenantSource {
  read(
    cluster: Pick<ClusterRecord, 'id' | 'name' | 'labels'>,
  ): Promise<Tenants>;
}

/** What a share, namespace, grant or quota should look like on its cluster. */
export interface DesiredSubject {
  subject: Subject;
  namespace: NamespaceObject;
  /** In that namespace. */
  objects: KubeObject[];
}

/** The kinds of objects that we make; see `kinds.ts`. */
export type ObjectKind =
  | 'Namespace'
  | 'ResourceQuota'
  | 'LimitRange'
  | 'NetworkPolicy'
  | 'RoleBinding';

/** Names an object of the kinds that we make. */
export interface ObjectKey {
  kind: ObjectKind;
  /** Empty for a Namespace. */
  namespace: string;
  name: string;
}

/** What the cluster was seen to hold, by `keyText`. */
export interface Observed {
  /** Objects that exist. What was looked for and is in neither map does not exist. */
  objects: ReadonlyMap<string, KubeObject>;
  /** Objects of which nothing is known, because reading them failed. */
  failures: ReadonlyMap<string, unknown>;
  /** Objects with our labels that were not asked for and that the inventory does not list, as far as known. */
  leftovers?: LeftoverCandidate[];
}

/** What is asked of an observer. */
export interface Observation {
  cluster: ClusterRecord;
  client: KubeClient;
  /** What is to be known. */
  keys: ObjectKey[];
  /** What should be. Of an object that is just so, no more than that and its UID need be known. */
  wanted: KubeObject[];
  inventory: InventoryEntry[];
  signal: AbortSignal;
}

/** Tells what clusters hold. */
export interface Observer {
  /**
   * @throws KubeError if the cluster as a whole cannot be read
   */
  observe(observation: Observation): Promise<Observed>;
  /** The cluster is not observed here any more. */
  release(clusterId: string): void;
  /** No cluster is. */
  stop(): Promise<void>;
}

/** An object that Berth made, or was about to make. */
export interface InventoryEntry extends ObjectKey {
  /** Unknown between the intent to create and its result. */
  uid?: string;
}

/**
 * Which replica may work on a cluster. Whatever it writes to the database carries this and fails once
 * another replica has taken the cluster over.
 */
export interface Fence {
  clusterId: string;
  /** The replica. */
  holder: string;
  /** Higher each time that the cluster changes hands. */
  token: number;
}

/**
 * What Berth has made on clusters, by UID: the only list that pruning reads, because labels can be
 * stripped and forged by those who administer a namespace. Writes are all or nothing, and fail with
 * `LeaseLostError` behind their fence.
 */
export interface Inventory {
  list(clusterId: string): Promise<InventoryEntry[]>;
  /** Before objects are created, so that they are not lost if we die right after. */
  intend(fence: Fence, keys: ObjectKey[]): Promise<void>;
  /** What is known now: objects that exist, with their UIDs, and objects that are gone or were never made. */
  record(
    fence: Fence,
    changes: { exist: Required<InventoryEntry>[]; gone: ObjectKey[] },
  ): Promise<void>;
}

/** One step on the way of an object to what it should be. Each can be done twice. */
export type Action =
  /** By POST, which fails where there is one: what somebody else makes in this moment is not taken over. */
  | { type: 'create'; object: KubeObject }
  /**
   * By server-side apply. With a UID it changes that very object, and fails where that is gone: what
   * was deleted meanwhile is not made again.
   */
  | { type: 'apply'; object: KubeObject; uid?: string }
  /** For fields that are immutable, such as `roleRef`: delete, then apply. */
  | { type: 'recreate'; object: KubeObject; uid: string }
  /** The object is as it should be, but the inventory does not know it by this UID. */
  | { type: 'record'; key: ObjectKey; uid: string };

/** Why something cannot be what it should be. */
export interface Problem {
  /** One word. */
  cause: string;
  /** What is wrong and what to do about it, for people. */
  message: string;
  /** Whether it may be gone in a moment, without anybody changing anything in the portal. */
  passing: boolean;
}

/** What an outcome is kept for. */
export type Subject =
  | { type: 'share'; group: string }
  | { type: 'namespace'; name: string }
  | { type: 'grant'; id: string }
  | { type: 'quota'; namespace: string };

/** What became of a subject. */
export interface SubjectOutcome {
  subject: Subject;
  outcome: Outcome;
}

/** Where it is kept how far subjects are, for people to see. */
export interface Outcomes {
  /** All or none; those that are gone are passed over. */
  note(fence: Fence, outcomes: SubjectOutcome[]): Promise<void>;
}

/** What is to be done for a subject. */
export interface SubjectPlan {
  subject: Subject;
  /** Where. Nothing is done in a namespace while the namespace itself cannot be made. */
  namespace: string;
  /** Empty if all is as it should be, or if there is a problem. */
  actions: Action[];
  problem?: Problem;
}

/** An object that nobody wants any more. Never a namespace. */
export type Revocation =
  | { type: 'delete'; key: ObjectKey; uid: string }
  /** There is nothing of ours; only the inventory still says so. */
  | { type: 'forget'; key: ObjectKey };

/** What to do on a cluster. */
export interface Plan {
  /** Done before all else. */
  revocations: Revocation[];
  subjects: SubjectPlan[];
}
