import { PermissionCriteria } from '@backstage/plugin-permission-common';
import {
  ClusterCause,
  ClusterDefaults,
  LeftoverResourceList,
  ClusterOwner,
  ClusterState,
  ClusterStatus,
  ConnectionStrategyName,
  KubectlVia,
  LeftoverResource,
  ShareState,
} from '@berth/plugin-berth-common';
import { KubeClient } from '../kube';
import { StoredCredential } from './credentials';

/** A cluster in the database. */
export interface ClusterRecord extends ClusterDefaults {
  id: string;
  name: string;
  title?: string;
  apiServer: string;
  /** The CA bundle, PEM. */
  caPem: string;
  connection: ConnectionStrategyName;
  kubectlVia: KubectlVia;
  usernamePrefix: string;
  groupsPrefix: string;
  owner: ClusterOwner;
  /** The time since when `berth.clusters`, the owner of the cluster, no longer lists it. */
  configMissingSince?: string;
  /** UID of the namespace `kube-system`, once the portal has read it. */
  kubeSystemUid?: string;
  /** Increases with each change of the settings. */
  revision: number;
  status: ClusterStatus;
  createdAt: string;
  updatedAt: string;
}

/** The settings of a cluster, already validated. An empty value removes an optional setting. */
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
  /** `direct` by default. */
  kubectlVia?: KubectlVia;
  /** `api` by default. */
  owner?: ClusterOwner;
}

/** The settings that can change. */
export type ClusterChange = Partial<Omit<ClusterSettings, 'name'>>;

/** A permission rule for clusters as a query. All its fields must match. */
export interface ClusterCondition {
  names?: string[];
  /** Entity refs of groups; the cluster is shared with at least one of them. */
  sharedWith?: string[];
}

/** Selects the clusters to list. */
export interface ClusterFilter extends ClusterCondition {
  criteria?: PermissionCriteria<ClusterCondition>;
}

/** The fields of a cluster that lists show next to its objects. */
export interface ClusterSummary {
  id: string;
  name: string;
  /** The time of the reconciler's next try, if a part of the cluster failed. */
  nextTryAt?: string;
}

/** The registered clusters. */
export interface ClusterStore {
  /** Sorted by name. */
  list(filter?: ClusterFilter): Promise<ClusterRecord[]>;
  /** The ids of the clusters with the given names. */
  idsOf(names: string[]): Promise<string[]>;
  /** The names of the given clusters, by id. */
  namesOf(ids: string[]): Promise<Map<string, string>>;
  /** The times of the reconciler's next tries, by cluster id, for clusters with failures. */
  nextTriesOf(ids: string[]): Promise<Map<string, string>>;
  get(name: string): Promise<ClusterRecord | undefined>;
  getById(id: string): Promise<ClusterRecord | undefined>;
  /**
   * @param credential - the credential of the connection strategy; it is saved together with the cluster
   * @throws ConflictError if the name is taken
   */
  create(
    settings: ClusterSettings,
    credential?: StoredCredential,
  ): Promise<ClusterRecord>;
  /**
   * The name never changes.
   *
   * @param revision - the revision that the change is based on; any by default
   * @param credential - replaces the stored one. A change of the connection removes the stored one in any case
   * @throws NotFoundError if the cluster is gone; PreconditionFailedError if it is at another revision
   */
  update(
    id: string,
    change: ClusterChange,
    revision?: number,
    credential?: StoredCredential,
  ): Promise<ClusterRecord>;
  setStatus(id: string, status: ClusterStatus): Promise<void>;
  /** Stores the UID of the cluster, unless one is stored already. */
  pin(id: string, kubeSystemUid: string): Promise<void>;
  /** Stores whether `berth.clusters` lists the cluster. */
  setConfigMissing(id: string, missing: boolean): Promise<void>;
  delete(id: string): Promise<void>;
}

/** A share in the database, joined with the Kubernetes name of the group. */
export interface ShareRecord {
  clusterId: string;
  /** Entity ref, lowercase as `stringifyEntityRef` writes it. */
  group: string;
  kubernetesName: string;
  /** The name of the group's home namespace on the cluster. */
  namespace: string;
  /** The `metadata.uid` of the entity that has the Kubernetes name. An entity with another UID has no share. */
  groupUid?: string;
  state: ShareState;
  cause?: string;
  message?: string;
  since: string;
  /** The time of the reconciler's next try after a failure. */
  nextTryAt?: string;
}

/** The catalog entities of group refs. */
export interface GroupIdentities {
  /** `metadata.uid` by normalised ref. */
  uids?: Record<string, string>;
  /** Refs of groups that may take over the names and namespaces of a former group with the same ref. */
  takeOver?: string[];
  /** Refs of the groups whose identity is compared; all by default. */
  only?: string[];
}

/** The groups that clusters are shared with. */
export interface ShareStore {
  /** The shares of one, several or all clusters, sorted by group. */
  list(clusterId?: string | string[]): Promise<ShareRecord[]>;
  /**
   * Replaces the set of groups, in one transaction with the Kubernetes names of groups that had none. Groups that
   * stay keep their state. New ones are `Pending`.
   *
   * @param groups - entity refs with the name spelled like the group's `metadata.name`, from which the Kubernetes
   *   name is derived; or a function that derives them from the current shares while no one else can change them,
   *   and may throw
   * @param names - Kubernetes names that an admin chose, by group ref
   * @throws NotFoundError if the cluster does not exist; InputError or ConflictError if a group cannot get a
   *   name, or is not the group that has the name
   */
  replace(
    clusterId: string,
    groups: string[] | ((current: ShareRecord[]) => string[]),
    names?: Record<string, string>,
    identities?: GroupIdentities,
  ): Promise<ShareRecord[]>;
}

/** The objects that Berth created on clusters, and their removal. */
export interface LeftoverResources {
  /** Lists the objects that stay on a cluster when it is deleted from the portal. */
  list(cluster: ClusterRecord): Promise<LeftoverResourceList>;
  /**
   * Deletes the removable objects. A second call has no further effect.
   *
   * @param forget - removes the cluster from the portal; called after all objects are deleted
   * @returns the deleted objects
   * @throws ConflictError naming the objects that remain and the reasons; the cluster then stays registered
   */
  cleanUp(
    cluster: ClusterRecord,
    forget: () => Promise<void>,
  ): Promise<LeftoverResource[]>;
}

/** Receives every change that the worker of a cluster must process. */
export interface ClusterChanges {
  /** Records a change that the cluster's worker must process, and wakes the worker. */
  changed(clusterId: string): void;
  /** Wakes the worker after a change that was recorded in its own transaction. */
  recorded(clusterId: string): void;
}

/** The result of a probe. */
export type ProbeResult =
  | ({ state: 'Connected' } & ClusterFigures)
  | {
      state: Exclude<ClusterState, 'Pending' | 'Connected'>;
      cause: ClusterCause;
      /** The problem, for people. */
      problem: string;
      /** The remedy, for people. */
      hint: string;
      /** UID of `kube-system`, if it is another cluster. */
      foundUid?: string;
    };

/** The result of a successful probe. */
export type ClusterFigures = Required<
  Pick<
    ClusterStatus,
    'version' | 'nodes' | 'cpu' | 'memory' | 'pods' | 'advertisedGpus'
  >
> &
  Pick<ClusterStatus, 'gpus' | 'allocatable'>;

/** Determines the states of clusters. */
export interface ClusterProbes {
  /** Probes a cluster soon, without waiting for it. */
  request(clusterId: string): void;
  /**
   * Probes a cluster now and stores the result as its status.
   *
   * @throws NotFoundError if the cluster is gone
   */
  probe(clusterId: string): Promise<ProbeResult>;
}

/** Creates a client for a cluster that uses the portal's own credential. */
export type ClusterConnector = (cluster: ClusterRecord) => KubeClient;
