/**
 * What the reconciler does with an object of a cluster.
 *
 * - `create`: the object is missing
 * - `apply`: some of its fields differ
 * - `recreate`: an immutable field differs, so the object is deleted and created again
 * - `delete`: nobody wants the object any more
 * - `record`, `forget`: only Berth's inventory changes, the cluster does not
 *
 * @public
 */
export type PlannedAction =
  | 'create'
  | 'apply'
  | 'recreate'
  | 'delete'
  | 'record'
  | 'forget';

/**
 * Identifies an object of a cluster.
 *
 * @public
 */
export interface PlannedObject {
  /** Such as `RoleBinding`. */
  kind: string;
  /** Absent for cluster-scoped kinds. */
  namespace?: string;
  name: string;
}

/**
 * A field in which an object differs from the desired one.
 *
 * @public
 */
export interface PlannedDifference {
  /** Such as `metadata.labels["app.kubernetes.io/managed-by"]` or `subjects`. */
  field: string;
  /** As JSON. */
  planned: string;
  /** As JSON; absent if the object has no such field. */
  actual?: string;
}

/**
 * One step of a plan.
 *
 * @public
 */
export interface PlannedChange {
  action: PlannedAction;
  object: PlannedObject;
  /** Entity refs of the groups of the share or grant; empty for objects that nobody wants any more. */
  groups: string[];
  /** Only for `apply` and `recreate`. */
  differences: PlannedDifference[];
  /** Whether it waits for `ClusterPlan.held` or `ClusterPlan.heldLeftovers`. */
  held: boolean;
  /**
   * Only for `delete`: the object is left from before a restore. Its labels, name and content are exactly
   * Berth's, and no list of what Berth made has it.
   */
  leftover?: boolean;
}

/**
 * A problem that keeps part of a cluster from its desired state.
 *
 * @public
 */
export interface PlannedProblem {
  /** Entity refs of the groups whose share or grants it concerns. */
  groups: string[];
  namespace: string;
  /** One word. */
  cause: string;
  /** What is wrong and what to do about it, for people. */
  message: string;
}

/**
 * A RoleBinding in one of Berth's namespaces that Berth did not make and leaves alone.
 *
 * @public
 */
export interface ForeignBinding {
  namespace: string;
  name: string;
  /** Such as `{kind: 'ClusterRole', name: 'edit'}`. */
  role: { kind: string; name: string };
  subjects: { kind: string; namespace?: string; name: string }[];
}

/**
 * An object with Berth's labels that Berth neither wants nor remembers, and of which only an admin can say
 * whether it is to go.
 *
 * @public
 */
export interface DoubtfulLeftover {
  uid: string;
  object: PlannedObject;
  /** Why Berth does not remove it on its own, for people. */
  doubt: string;
}

/**
 * A registration of this cluster that was deleted from the portal, and whose namespaces are still on the
 * cluster.
 *
 * @public
 */
export interface FormerRegistration {
  id: string;
  /** The name that the cluster had. */
  name: string;
  /** ISO 8601 time. */
  deletedAt: string;
  /** Namespaces with the label of that registration. */
  namespaces: string[];
}

/**
 * Why a cluster could not be read.
 *
 * @public
 */
export interface PlanFailure {
  /** One word, such as `TCP` or `Forbidden`. */
  cause: string;
  /** For people. */
  message: string;
}

/**
 * Deletions that look like a mistake, because they would delete most of the objects that Berth made on a
 * cluster. They wait, so that an admin can correct the cause or confirm them.
 *
 * @public
 */
export interface HeldDeletions {
  /** Identifies exactly this set of deletions, for the confirmation. */
  id: string;
  /** ISO 8601 time of the first request for one of these deletions. */
  since: string;
  /** ISO 8601 time after which all of them are carried out without a confirmation. */
  until: string;
  /** How many objects are to be deleted. */
  deletions: number;
  /** The number of objects that Berth made. */
  of: number;
}

/**
 * What the reconciler would change on a cluster now. Reading it changes nothing.
 *
 * @public
 */
export interface ClusterPlan {
  /** Name of the cluster. */
  cluster: string;
  /** ISO 8601 time at which the cluster was read. */
  plannedAt: string;
  /** In the order of their execution, deletions first; empty for a cluster that matches the portal. */
  items: PlannedChange[];
  totalItems: number;
  problems: PlannedProblem[];
  foreign: ForeignBinding[];
  held?: HeldDeletions;
  /** Of the items that are `leftover`. */
  heldLeftovers?: HeldDeletions;
  leftovers: DoubtfulLeftover[];
  formerRegistrations: FormerRegistration[];
  /** The cluster could not be read, so nothing else is known. */
  failure?: PlanFailure;
}

/** @public */
export interface ConfirmPlanRequest {
  /** The `id` of `held` or `heldLeftovers`: exactly what was seen is confirmed. */
  held: string;
}

/** @public */
export interface ConfirmRebuiltRequest {
  /** `ClusterStatus.foundUid`: exactly the cluster that was seen is confirmed. */
  kubeSystemUid: string;
}

/** @public */
export interface RemoveLeftoversRequest {
  /** Of `ClusterPlan.leftovers`. */
  uids: string[];
}

/** @public */
export interface TakeOverRequest {
  /** `FormerRegistration.id`. */
  formerId: string;
}

/**
 * What was taken over from a former registration.
 *
 * @public
 */
export interface TakeOverResult {
  /** Names of the namespaces that belong to this registration now. */
  namespaces: string[];
  /** Role bindings and quotas of the former registration that nobody wants any more; they were deleted. */
  removed: PlannedObject[];
}
