import type {
  RbacV1Subject,
  V1NamespaceStatus,
  V1RoleRef,
} from '@kubernetes/client-node';
import { KubeClient, KubeObject } from '../kube';

/** A Namespace, as far as we read and write it. */
export interface NamespaceObject extends KubeObject {
  status?: V1NamespaceStatus;
}

/** A RoleBinding, as far as we read and write it. */
export interface RoleBindingObject extends KubeObject {
  roleRef: V1RoleRef;
  subjects?: RbacV1Subject[];
}

/** What a share should look like on its cluster. */
export interface DesiredShare {
  /** Entity ref. */
  group: string;
  namespace: NamespaceObject;
  binding: RoleBindingObject;
}

/** Names an object of the kinds that we make. */
export interface ObjectKey {
  kind: 'Namespace' | 'RoleBinding';
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
}

/**
 * Tells what a cluster holds. The one of today reads each object when asked; one that watches can take
 * its place, as all that `plan` needs is key, UID and the fields that we own.
 */
export interface Observer {
  /**
   * @throws KubeError if the cluster as a whole cannot be read
   */
  observe(
    client: KubeClient,
    keys: ObjectKey[],
    signal: AbortSignal,
  ): Promise<Observed>;
}

/** An object that Berth made, or was about to make. */
export interface InventoryEntry extends ObjectKey {
  /** Unknown between the intent to create and its result. */
  uid?: string;
}

/**
 * What Berth has made on clusters, by UID: the only list that pruning reads, because labels can be
 * stripped and forged by those who administer a namespace.
 */
export interface Inventory {
  list(clusterId: string): Promise<InventoryEntry[]>;
  /** Before an object is created, so that it is not lost if we die right after. */
  intend(clusterId: string, key: ObjectKey): Promise<void>;
  /** The object exists and has this UID. */
  complete(clusterId: string, key: ObjectKey, uid: string): Promise<void>;
  /** The object is gone, or was never made. */
  remove(clusterId: string, key: ObjectKey): Promise<void>;
}

/** One step of a share's way to what it should be. */
export type ShareAction =
  | { type: 'createNamespace'; object: NamespaceObject }
  | { type: 'applyNamespace'; object: NamespaceObject; uid: string }
  | { type: 'applyBinding'; object: RoleBindingObject }
  /** `roleRef` is immutable. */
  | { type: 'recreateBinding'; object: RoleBindingObject; uid: string }
  /** The object is as it should be, but the inventory does not know it by this UID. */
  | { type: 'record'; key: ObjectKey; uid: string };

/** Why a share cannot be what it should be. */
export interface ShareProblem {
  /** One word. */
  cause: string;
  /** What is wrong and what to do about it, for people. */
  message: string;
  /** Whether it may be gone in a moment, without anybody changing the shares. */
  passing: boolean;
}

export interface SharePlan {
  group: string;
  /** In this order; empty if all is as it should be, or if there is a problem. */
  actions: ShareAction[];
  problem?: ShareProblem;
}

/** A RoleBinding that nobody wants any more. */
export type Revocation =
  | { type: 'delete'; key: ObjectKey; uid: string }
  /** There is nothing of ours; only the inventory still says so. */
  | { type: 'forget'; key: ObjectKey };

/** What to do on a cluster. */
export interface Plan {
  /** Done before all else. */
  revocations: Revocation[];
  shares: SharePlan[];
}
