import {
  ClusterDefaults,
  ClusterOwner,
  ConnectionStrategyName,
  CredentialStatus,
} from './clusterSettings';

/**
 * Whether the portal can work with a cluster. `Pending` means that no probe has finished yet.
 *
 * - `Unreachable`: no answer (DNS, TCP, timeout) or one that is not a Kubernetes API (protocol)
 * - `Untrusted`: the TLS certificate does not verify against the given CA
 * - `Unauthorized`: the API server refuses the portal's token (401)
 * - `Forbidden`: the token is accepted, but its rights do not suffice (403)
 *
 * @public
 */
export type ClusterState =
  | 'Pending'
  | 'Connected'
  | 'Unreachable'
  | 'Untrusted'
  | 'Unauthorized'
  | 'Forbidden';

/**
 * The problem with a cluster, in one word.
 *
 * @public
 */
export type ClusterCause =
  | 'DNS'
  | 'TCP'
  | 'TLS'
  | 'Timeout'
  | 'Protocol'
  | 'Unauthorized'
  | 'Forbidden'
  | 'AnotherCluster';

/**
 * The result of the last probe of a cluster.
 *
 * @public
 */
export interface ClusterStatus {
  state: ClusterState;
  /** Set in every state but `Pending` and `Connected`. */
  cause?: ClusterCause;
  /** The problem and how to fix it, for people. */
  message?: string;
  /** UID of the `kube-system` that was found, where the cause is `AnotherCluster`. */
  foundUid?: string;
  /** ISO 8601 time of the last probe. */
  checkedAt?: string;
  /** ISO 8601 time of the last change of state or cause. */
  since?: string;
  /** ISO 8601 time of the last successful probe; the figures below are from then. */
  lastSeenAt?: string;
  /** The API server's `gitVersion`, such as `v1.33.1`. */
  version?: string;
  /** Number of nodes. */
  nodes?: number;
  /** Sum of the nodes' `capacity.cpu`, a canonical quantity in vCPU such as `16` or `7500m`. */
  cpu?: string;
  /** Sum of the nodes' `capacity.memory`, a canonical quantity in bytes such as `64Gi`. */
  memory?: string;
  /** Sum of the nodes' `capacity.pods`. */
  pods?: number;
  /**
   * The number of GPUs of the nodes; absent if nodes divide their GPUs into parts (MIG) and do not report how many they
   * have.
   */
  gpus?: number;
  /**
   * The number of GPUs that the nodes offer to pods: more than the physical ones with time-slicing and MIG.
   */
  advertisedGpus?: number;
  /**
   * Sum of the nodes' `allocatable`: canonical quantities by resource name,
   * such as `{'cpu': '15800m', 'nvidia.com/gpu': '4'}`.
   */
  allocatable?: Record<string, string>;
}

/**
 * The progress of the reconciler with a share.
 *
 * @public
 */
export type ShareState = 'Pending' | 'Ready' | 'Failed';

/**
 * A share makes a cluster available to a catalog group and gives the group a home namespace on it.
 *
 * @public
 */
export interface Share {
  /** Entity ref of the group, such as `group:default/team-a`. */
  group: string;
  /** UID of the catalog entity that the share is for; another entity of the same name has no access by it. */
  groupUid?: string;
  /** The group's name in tokens and RoleBindings, without the cluster's `groupsPrefix`. */
  kubernetesName: string;
  /** The group's home namespace on the cluster. */
  namespace: string;
  state: ShareState;
  /** The problem in one word, only with `Failed`. */
  cause?: string;
  /** The problem and how to fix it, for people. */
  message?: string;
  /** ISO 8601 time of the last change of the state. */
  since: string;
  /** ISO 8601 time of the next try, only with `Failed`. */
  nextTryAt?: string;
}

/**
 * A registered Kubernetes API server.
 *
 * @public
 */
export interface Cluster extends ClusterDefaults {
  /** ULID; the audience of every token for this cluster. Immutable, never reused. */
  id: string;
  /** Unique; lowercase letters and digits. */
  name: string;
  title?: string;
  /** `https://host[:port]` of the API server. */
  apiServer: string;
  /** The CA bundle as base64 of PEM, as in a kubeconfig's `certificate-authority-data`. */
  caData: string;
  connection: ConnectionStrategyName;
  /** The prefix that the API server puts before user names (`--oidc-username-prefix`); often empty. */
  usernamePrefix: string;
  /** The prefix that the API server puts before group names (`--oidc-groups-prefix`); often empty. */
  groupsPrefix: string;
  /** The state of the stored credential, if the connection has one; for admins. */
  credential?: CredentialStatus;
  owner: ClusterOwner;
  /**
   * ISO 8601 time since when the cluster is missing from the configuration that owns it. Only then may the API delete
   * it.
   */
  configMissingSince?: string;
  /**
   * The `ETag` of the settings. With it as `If-Match`, a PATCH fails with 412 if someone else has changed them
   * since.
   */
  etag: string;
  status: ClusterStatus;
  /** All shares for an admin; for others the shares of their own groups. */
  shares: Share[];
  createdAt: string;
}

/** @public */
export interface SetSharesRequest {
  /** The whole set of group entity refs; groups that are missing lose their share. */
  groups: string[];
  /**
   * Kubernetes group names for groups whose `metadata.name` is not valid as one, by group entity ref. The name of a group
   * never changes.
   */
  names?: Record<string, string>;
  /**
   * Entity refs of groups that were deleted and created again in the catalog, and that may take over the Kubernetes name
   * of the former group, and with it its namespaces and RoleBindings.
   */
  takeOver?: string[];
}

/**
 * One more group for a cluster.
 *
 * @public
 */
export interface AddShareRequest {
  /** Entity ref. */
  group: string;
  /** The group's Kubernetes name, where its `metadata.name` cannot serve. */
  name?: string;
  /** As of `SetSharesRequest`, for this group. */
  takeOver?: boolean;
}

/**
 * The groups that a cluster is shared with.
 *
 * @public
 */
export interface ShareList extends List<Share> {
  /** What an admin should know about these shares, for people. */
  warnings?: string[];
  /** With it as `If-Match`, a `PUT` is refused (412) if someone else has changed the shares since. */
  etag: string;
}

/** @public */
export interface TokenResponse {
  /** A JWT for one cluster. */
  token: string;
  /** ISO 8601. */
  expiresAt: string;
}

/**
 * Who the caller is to Berth.
 *
 * @public
 */
export interface AccessSummary {
  /** Entity ref of the user. */
  user: string;
  /** The `sub` of the user's tokens, such as `user:alice`. */
  username: string;
  /** Whether the user is in one of the groups of `berth.admins`. */
  admin: boolean;
  /** Whether the user is in one of the groups of `berth.auditors`: they read everything and change nothing. */
  auditor: boolean;
  /** Entity refs of all the user's groups, ancestors included, sorted. */
  groups: string[];
  /**
   * How the user is in the groups that are above their own, by entity ref: the groups from their own to that
   * one. Absent where they are a member of each group directly.
   */
  paths?: Record<string, string[]>;
  /** True while `berth.admins` is empty, so that nobody can add clusters. */
  noAdmins?: true;
}

/** @public */
export interface List<T> {
  items: T[];
  totalItems: number;
}
