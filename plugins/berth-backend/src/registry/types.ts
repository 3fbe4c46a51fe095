import { PermissionCriteria } from '@backstage/plugin-permission-common';
import {
  ClusterCause,
  ClusterDefaults,
  ClusterLeftovers,
  ClusterOwner,
  ClusterState,
  ClusterStatus,
  ConnectionStrategyName,
  Leftover,
  ShareState,
} from '@berth/plugin-berth-common';
import { KubeClient } from '../kube';
import { StoredCredential } from './connection/credentialTypes';

/** A cluster as the database holds it. */
export interface ClusterRecord extends ClusterDefaults {
  id: string;
  name: string;
  title?: string;
  apiServer: string;
  /** The CA bundle, PEM. */
  caPem: string;
  connection: ConnectionStrategyName;
  usernamePrefix: string;
  groupsPrefix: string;
  owner: ClusterOwner;
  /** Since when `berth.clusters` no longer has it, though it owns it. */
  configMissingSince?: string;
  /** UID of the namespace `kube-system`, once it was seen. */
  kubeSystemUid?: string;
  /** Grows with each change of the settings. */
  revision: number;
  status: ClusterStatus;
  createdAt: string;
  updatedAt: string;
}

/** What an admin says of a cluster, already validated. What may be missing is empty where it is to go. */
export interface ClusterSettings
  extends ClusterDefaults,
    Pick<
      ClusterRecord,
      | 'name'
      | 'title'
      | 'apiServer'
      | 'caPem'
      | 'connection'
      | 'usernamePrefix'
      | 'groupsPrefix'
    > {
  /** `api` by default. */
  owner?: ClusterOwner;
}

/** The settings that can change. */
export type ClusterChange = Partial<Omit<ClusterSettings, 'name'>>;

/** What a permission rule says of clusters, as a query: all of its members hold. */
export interface ClusterCondition {
  names?: string[];
  /** Entity refs of groups, one of which the cluster is shared with. */
  sharedWith?: string[];
}

/** Which clusters to list. */
export interface ClusterFilter extends ClusterCondition {
  criteria?: PermissionCriteria<ClusterCondition>;
}

/** What is said of a cluster beside what is on it. */
export interface ClusterName {
  id: string;
  name: string;
  /** When the reconciler looks at it again, where something failed there. */
  nextTryAt?: string;
}

/** The registered clusters. */
export interface ClusterStore {
  /** Sorted by name. */
  list(filter?: ClusterFilter): Promise<ClusterRecord[]>;
  /** The ids of those that have one of some names. */
  idsOf(names: string[]): Promise<string[]>;
  /** The names of some, by id. */
  namesOf(ids: string[]): Promise<Map<string, string>>;
  /** When the reconciler looks at some again, by id, where something failed there. */
  nextTriesOf(ids: string[]): Promise<Map<string, string>>;
  get(name: string): Promise<ClusterRecord | undefined>;
  getById(id: string): Promise<ClusterRecord | undefined>;
  /**
   * @param credential - what is kept for the connection strategy; saved with the cluster or not at all
   * @throws ConflictError if the name is taken
   */
  create(
    settings: ClusterSettings,
    credential?: StoredCredential,
  ): Promise<ClusterRecord>;
  /**
   * The name never changes.
   *
   * @param revision - what the change was made to; any by default
   * @param credential - in place of the last one. A change of the connection removes it anyway
   * @throws NotFoundError if the cluster is gone; PreconditionFailedError if it is at another revision
   */
  update(
    id: string,
    change: ClusterChange,
    revision?: number,
    credential?: StoredCredential,
  ): Promise<ClusterRecord>;
  setStatus(id: string, status: ClusterStatus): Promise<void>;
  /** Writes down which cluster it is, unless that is known already. */
  pin(id: string, kubeSystemUid: string): Promise<void>;
  /** Writes down whether `berth.clusters` has it. */
  setConfigMissing(id: string, missing: boolean): Promise<void>;
  delete(id: string): Promise<void>;
}

/** A share as the database holds it, with the group's Kubernetes name joined in. */
export interface ShareRecord {
  clusterId: string;
  /** Entity ref, lowercase as `stringifyEntityRef` writes it. */
  group: string;
  kubernetesName: string;
  /** The `metadata.uid` of the entity that the Kubernetes name was given to; another one has no share. */
  groupUid?: string;
  state: ShareState;
  cause?: string;
  message?: string;
  since: string;
  /** When what failed is tried again. */
  nextTryAt?: string;
}

/** The outcome of reconciling one share. */
export type ShareOutcome = Pick<ShareRecord, 'state' | 'cause' | 'message'>;

/** Which catalog entities the refs of groups stand for. */
export interface GroupIdentities {
  /** `metadata.uid` by normalised ref. */
  uids?: Record<string, string>;
  /** Refs of groups that may take over what a former group of the same ref had. */
  takeOver?: string[];
}

/** Which groups each cluster is shared with. */
export interface ShareStore {
  /** Of one cluster, of several, or of all; sorted by group. */
  list(clusterId?: string | string[]): Promise<ShareRecord[]>;
  /**
   * Makes `groups` the whole set, in one transaction with the Kubernetes names of groups that had none.
   * Groups that stay keep their state; new ones are `Pending`.
   *
   * @param groups - entity refs whose name part is spelled as the group's `metadata.name`, as that is
   *   what the group's Kubernetes name is made of
   * @param names - Kubernetes names that an admin gave, by group ref
   * @throws NotFoundError if the cluster is gone; InputError or ConflictError if a group cannot be named,
   *   or is not the one that its name was given to
   */
  replace(
    clusterId: string,
    groups: string[],
    names?: Record<string, string>,
    identities?: GroupIdentities,
  ): Promise<ShareRecord[]>;
  /** Does nothing if the share is gone. `since` moves only when the state or cause changes. */
  setOutcome(
    clusterId: string,
    group: string,
    outcome: ShareOutcome,
  ): Promise<void>;
}

/** What Berth made on clusters, and how to take it away again. */
export interface ClusterRemains {
  /** What stays on a cluster that is deleted from the portal. */
  list(cluster: ClusterRecord): Promise<ClusterLeftovers>;
  /**
   * Deletes what may be deleted of it. May be done twice.
   *
   * @param forget - takes the cluster out of the portal; called once all is deleted
   * @returns what was deleted
   * @throws ConflictError saying what could not be deleted and why; then the cluster is not forgotten
   */
  cleanUp(
    cluster: ClusterRecord,
    forget: () => Promise<void>,
  ): Promise<Leftover[]>;
}

/** Told of every change that a worker of a cluster should act on. */
export interface ClusterChanges {
  /** The cluster's shares or settings changed, or it is new. */
  changed(clusterId: string): void;
}

/** What a probe of a cluster found. */
export type ProbeResult =
  | ({ state: 'Connected' } & ClusterFigures)
  | {
      state: Exclude<ClusterState, 'Pending' | 'Connected'>;
      cause: ClusterCause;
      /** What went wrong, for people. */
      problem: string;
      /** What to do about it, for people. */
      hint: string;
      /** UID of `kube-system`, where it is another cluster. */
      foundUid?: string;
    };

/** What a successful probe tells of a cluster. */
export type ClusterFigures = Required<
  Pick<
    ClusterStatus,
    'version' | 'nodes' | 'cpu' | 'memory' | 'pods' | 'advertisedGpus'
  >
> &
  Pick<ClusterStatus, 'gpus' | 'allocatable'>;

/** Finds out how clusters are. */
export interface ClusterProbes {
  /** Probes a cluster soon, without waiting for it. */
  request(clusterId: string): void;
  /**
   * Probes a cluster now and stores what was found as its status.
   *
   * @throws NotFoundError if the cluster is gone
   */
  probe(clusterId: string): Promise<ProbeResult>;
}

/** Makes a client that reaches a cluster with the portal's own credential. */
export type ClusterConnector = (cluster: ClusterRecord) => KubeClient;
