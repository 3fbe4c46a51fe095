import type {
  AccessExplanation,
  AccessSummary,
  ExplainAccessQuery,
  TokenResponse,
} from '../api/access';
import type {
  ActivityEntry,
  ActivityExportFormat,
  ActivityFilter,
  ActivityQuery,
} from '../api/activity';
import type { CheckRun } from '../api/checks';
import type { ClusterQuotas } from '../api/clusterQuotas';
import type {
  Cluster,
  LeftoverResourceList,
  ClusterPreview,
  CreateClusterRequest,
  RegisterKubeconfigRequest,
  UpdateClusterRequest,
} from '../api/clusters';
import type { DirectoryCluster, DirectoryNamespace } from '../api/directory';
import type { GrantList, SetGrantsRequest } from '../api/grants';
import type {
  ConnectDeviceRequest,
  ConnectedDevice,
  KubeconfigQuery,
  KubectlDevice,
  KubectlDeviceListQuery,
  KubectlDeviceQuery,
  KubectlPortal,
} from '../api/kubectl';
import type {
  CreateNamespaceRequest,
  ManagedNamespace,
  NamespaceAvailability,
  NamespaceQuery,
  UpdateNamespaceRequest,
} from '../api/namespaces';
import type {
  OnboardingFeature,
  OnboardingFormat,
  OnboardingGuide,
} from '../api/onboarding';
import type { CountedPage, List, Page } from '../api/paging';
import type {
  ClusterPlan,
  ConfirmPlanRequest,
  ConfirmIdentityRequest,
  ConfirmPodSecurityRequest,
  ConfirmRebuiltRequest,
  RemoveLeftoversRequest,
  TakeOverRequest,
  TakeOverResult,
} from '../api/plan';
import type {
  CreatePersonalNamespaceRequest,
  PersonalNamespace,
  TransferNamespaceRequest,
} from '../api/personalNamespaces';
import type {
  ClusterProfile,
  PreviewProfileRequest,
  ProfilePreview,
  ProfileSummary,
} from '../api/profiles';
import type {
  NamespaceQuota,
  SetQuotaRequest,
  SetQuotaResponse,
  SizeClass,
} from '../api/quotas';
import type {
  AccessRequest,
  CreateRequestRequest,
  RequestDecision,
  RequestQuery,
  RequestSpec,
  RequestVerdict,
} from '../api/requests';
import type {
  AddShareRequest,
  SetSharesRequest,
  ShareList,
} from '../api/shares';
import type { ChartsApi } from './ChartsApi';
import type { HelmApi } from './HelmApi';
import type { ResourcesApi } from './ResourcesApi';
import type { TerminalApi } from './TerminalApi';

/**
 * Identifies a namespace.
 *
 * @public
 */
export interface NamespaceAddress {
  /** The name of the cluster. */
  cluster: string;
  namespace: string;
}

/**
 * Binds a change to the state that the caller saw. If the state has changed since, the change is refused with status
 * 412 and nothing is saved.
 *
 * @public
 */
export interface ChangeOptions {
  /** The `etag` that the caller saw; `*` overwrites any state. */
  etag: string;
}

/**
 * Like `ChangeOptions`, for a namespace that may have no quota yet.
 *
 * @public
 */
export interface SetQuotaOptions {
  /** Undefined if the caller saw no quota: the change is refused if the namespace has a quota now. */
  etag: string | undefined;
}

/**
 * The API of Berth's backend. Every method rejects with a `ResponseError` that contains the backend's error body. A
 * step that is not possible from the state of a request is rejected with status 409 and that state.
 *
 * @public
 */
export interface BerthApi
  extends ChartsApi,
    HelmApi,
    ResourcesApi,
    TerminalApi {
  getAccess(): Promise<AccessSummary>;
  /**
   * Explains why a person can or cannot use a cluster or a namespace. The person is the caller unless `user` is
   * given.
   */
  explainAccess(query: ExplainAccessQuery): Promise<AccessExplanation>;
  listClusters(): Promise<List<Cluster>>;
  getCluster(name: string): Promise<Cluster>;
  createCluster(
    request: CreateClusterRequest | RegisterKubeconfigRequest,
  ): Promise<Cluster>;
  /** Returns the cluster that `createCluster` would register for a request, even an incomplete one. Stores nothing. */
  previewCluster(
    request: Partial<CreateClusterRequest> | RegisterKubeconfigRequest,
  ): Promise<ClusterPreview>;
  /**
   * @param options - `etag`: the etag of the cluster that the caller saw. If someone else has changed the cluster
   *   since, the change is refused with status 412
   */
  updateCluster(
    name: string,
    request: UpdateClusterRequest,
    options?: { etag?: string },
  ): Promise<Cluster>;
  /** Lists the objects that `deleteCluster` leaves on the cluster, and those that its clean-up removes. */
  getLeftovers(name: string): Promise<LeftoverResourceList>;
  /**
   * @param options - `cleanUp`: first delete the objects that Berth created on the cluster, as listed by
   *   `getLeftovers`; if that fails, the cluster stays registered
   */
  deleteCluster(name: string, options?: { cleanUp?: boolean }): Promise<void>;
  getShares(name: string): Promise<ShareList>;
  /**
   * Replaces the set of groups that a cluster is shared with.
   *
   * @param options - `etag`: the etag of the shares that the caller saw; `*` overwrites any state. Without it, a set
   *   that removes a group is refused with status 428
   */
  setShares(
    name: string,
    request: SetSharesRequest,
    options?: { etag?: string },
  ): Promise<ShareList>;
  /** Shares a cluster with one more group, independent of concurrent changes. */
  addShare(name: string, request: AddShareRequest): Promise<ShareList>;
  /**
   * Stops sharing a cluster with one group, independent of concurrent changes.
   *
   * @param group - entity ref
   */
  removeShare(name: string, group: string): Promise<ShareList>;
  /** Returns the manifest that the cluster's admin applies once, as YAML. */
  getOnboardingManifest(name: string): Promise<string>;
  /**
   * Returns the steps that make the cluster accept the portal's tokens, for its distribution.
   *
   * @param features - the optional parts of the manifest
   */
  getOnboarding(
    name: string,
    format: OnboardingFormat,
    features?: OnboardingFeature[],
  ): Promise<OnboardingGuide>;
  createToken(name: string): Promise<TokenResponse>;
  /** Returns what kubectl-berth needs to know of this portal. Rejects with status 404 if sign-in with kubectl is turned off. */
  getKubectlPortal(): Promise<KubectlPortal>;
  /** Confirms a sign-in of kubectl. The code in the result activates the device, once and with its key. */
  connectDevice(request: ConnectDeviceRequest): Promise<ConnectedDevice>;
  /** Lists the devices that are or were signed in with kubectl, the newest first. */
  listDevices(
    query?: KubectlDeviceListQuery,
  ): Promise<CountedPage<KubectlDevice>>;
  /** Ends the sign-in of a device. */
  endDevice(id: string): Promise<void>;
  /** Ends the sign-ins of all devices of a person, the caller by default. */
  endDevices(query?: KubectlDeviceQuery): Promise<void>;
  /** Returns a kubeconfig that calls kubectl-berth for each token, as YAML. It contains no secret. */
  getKubeconfig(query?: KubeconfigQuery): Promise<string>;
  /** Runs the checks of a cluster now, and updates its status. */
  runChecks(name: string): Promise<CheckRun>;
  /** Lists the last runs of a cluster's checks, the latest first. */
  listCheckRuns(name: string): Promise<List<CheckRun>>;
  /** Lists all entries for admins; for others, the entries of their own actions and of their groups. */
  listActivity(query?: ActivityQuery): Promise<Page<ActivityEntry>>;
  /** Like `listActivity`, for one cluster that the caller may see, without former clusters of the same name. */
  listClusterActivity(
    name: string,
    query?: Omit<ActivityQuery, 'cluster'>,
  ): Promise<Page<ActivityEntry>>;
  /** Returns all entries that match a filter, as a file. */
  exportActivity(
    filter: ActivityFilter,
    format: ActivityExportFormat,
  ): Promise<Blob>;
  /** Returns the changes that the reconciler would make on the cluster now. */
  getPlan(name: string): Promise<ClusterPlan>;
  /** Lists the profiles of the configuration. */
  listProfiles(): Promise<List<ProfileSummary>>;
  /** Returns the profiles of a cluster, and what the cluster can do with each of their fields. */
  getClusterProfile(name: string): Promise<ClusterProfile>;
  /** Returns what profiles would change on a cluster, with the pods that would fail. Changes nothing. */
  previewProfile(
    name: string,
    request: PreviewProfileRequest,
  ): Promise<ProfilePreview>;
  /** Carries out deletions that were held for confirmation. */
  confirmPlan(name: string, request: ConfirmPlanRequest): Promise<void>;
  /** Confirms that the cluster was rebuilt, and that the cluster that answers now is the right one. */
  confirmRebuilt(name: string, request: ConfirmRebuiltRequest): Promise<void>;
  /** Deletes objects that remain from before a restore. */
  removeLeftovers(name: string, request: RemoveLeftoversRequest): Promise<void>;
  /** Lets a higher level of Pod Security go ahead in namespaces in which it waits. */
  confirmPodSecurity(
    name: string,
    request: ConfirmPodSecurityRequest,
  ): Promise<void>;
  /** Lets the IDs that the catalog has for an owner of namespaces go ahead. */
  confirmIdentity(name: string, request: ConfirmIdentityRequest): Promise<void>;
  /** Takes over the namespaces of a deleted registration of the same cluster. */
  takeOver(name: string, request: TakeOverRequest): Promise<TakeOverResult>;
  listNamespaces(
    query?: NamespaceQuery,
  ): Promise<CountedPage<ManagedNamespace>>;
  getNamespace(address: NamespaceAddress): Promise<ManagedNamespace>;
  /**
   * Checks whether a namespace with this name can be created, also on the cluster.
   *
   * @param group - entity ref of the group that will own the namespace
   * @param adopt - whether an admin takes over the namespace of this name
   */
  checkNamespaceName(
    address: NamespaceAddress,
    group?: string,
    adopt?: boolean,
  ): Promise<NamespaceAvailability>;
  createNamespace(
    cluster: string,
    request: CreateNamespaceRequest,
  ): Promise<ManagedNamespace>;
  /** Lists the clusters on which the caller can have a personal namespace, with the namespace if there is one. */
  listPersonalNamespaces(): Promise<List<PersonalNamespace>>;
  /** Creates the personal namespace of the caller on a cluster, or returns the one that exists. */
  createPersonalNamespace(
    cluster: string,
    request?: CreatePersonalNamespaceRequest,
  ): Promise<ManagedNamespace>;
  /** Gives a namespace with everything in it to another owner. */
  transferNamespace(
    address: NamespaceAddress,
    request: TransferNamespaceRequest,
  ): Promise<ManagedNamespace>;
  updateNamespace(
    address: NamespaceAddress,
    request: UpdateNamespaceRequest,
    options: ChangeOptions,
  ): Promise<ManagedNamespace>;
  /**
   * Deletes a namespace and everything in it on its cluster. Resolves when the deletion has started.
   *
   * @param uid - the UID of the namespace that the caller saw
   */
  deleteNamespace(address: NamespaceAddress, uid?: string): Promise<void>;
  getGrants(address: NamespaceAddress): Promise<GrantList>;
  setGrants(
    address: NamespaceAddress,
    request: SetGrantsRequest,
    options: ChangeOptions,
  ): Promise<GrantList>;
  /** Rejects with status 404 if the namespace has no quota. */
  getQuota(address: NamespaceAddress): Promise<NamespaceQuota>;
  setQuota(
    address: NamespaceAddress,
    request: SetQuotaRequest,
    options: SetQuotaOptions,
  ): Promise<SetQuotaResponse>;
  deleteQuota(address: NamespaceAddress, options: ChangeOptions): Promise<void>;
  getQuotas(cluster: string): Promise<ClusterQuotas>;
  listSizeClasses(): Promise<List<SizeClass>>;
  /** Lists requests, the latest first. */
  listRequests(query?: RequestQuery): Promise<CountedPage<AccessRequest>>;
  getRequest(id: string): Promise<AccessRequest>;
  createRequest(request: CreateRequestRequest): Promise<AccessRequest>;
  /** Returns the result that the rules would have. Stores nothing. */
  previewRequest(request: RequestSpec): Promise<RequestVerdict>;
  /** Changes a draft. */
  updateRequest(id: string, spec: RequestSpec): Promise<AccessRequest>;
  submitRequest(id: string): Promise<AccessRequest>;
  withdrawRequest(id: string): Promise<AccessRequest>;
  decideRequest(id: string, decision: RequestDecision): Promise<AccessRequest>;
  /** Tries a failed request again. */
  retryRequest(id: string): Promise<AccessRequest>;
  /** Reads all clusters, page by page. Only for plugins of the portal, with their service credentials. */
  directoryClusters(): AsyncIterable<DirectoryCluster[]>;
  /** Reads all namespaces, like `directoryClusters`. */
  directoryNamespaces(): AsyncIterable<DirectoryNamespace[]>;
}

/**
 * The part of the API for the portal's catalog and search, which decide who sees the result.
 *
 * @public
 */
export type DirectoryApi = Pick<
  BerthApi,
  'directoryClusters' | 'directoryNamespaces'
>;
