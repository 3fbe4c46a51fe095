import type { CheckRun } from '../api/checks';
import type {
  Cluster,
  ClusterPreview,
  CreateClusterRequest,
  LeftoverResourceList,
  RegisterKubeconfigRequest,
  UpdateClusterRequest,
} from '../api/clusters';
import type {
  OnboardingFeature,
  OnboardingFormat,
  OnboardingGuide,
} from '../api/onboarding';
import type { List } from '../api/paging';
import type {
  AddShareRequest,
  SetSharesRequest,
  ShareList,
} from '../api/shares';

/**
 * The part of the API for clusters, their shares and their checks.
 *
 * @public
 */
export interface ClustersApi {
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
  /** Runs the checks of a cluster now, and updates its status. */
  runChecks(name: string): Promise<CheckRun>;
  /** Lists the last runs of a cluster's checks, the latest first. */
  listCheckRuns(name: string): Promise<List<CheckRun>>;
}
