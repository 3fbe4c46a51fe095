import type { List } from '../api/paging';
import type {
  ClusterPlan,
  ConfirmIdentityRequest,
  ConfirmPlanRequest,
  ConfirmPodSecurityRequest,
  ConfirmRebuiltRequest,
  RemoveLeftoversRequest,
  TakeOverRequest,
  TakeOverResult,
} from '../api/plan';
import type {
  ClusterProfile,
  PreviewProfileRequest,
  ProfilePreview,
  ProfileSummary,
} from '../api/profiles';

/**
 * The part of the API for pending changes and profiles of a cluster.
 *
 * @public
 */
export interface PlanApi {
  /** Returns the changes that the reconciler would make on the cluster now. */
  getPlan(name: string): Promise<ClusterPlan>;
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
  /** Lists the profiles of the configuration. */
  listProfiles(): Promise<List<ProfileSummary>>;
  /** Returns the profiles of a cluster, and what the cluster can do with each of their fields. */
  getClusterProfile(name: string): Promise<ClusterProfile>;
  /** Returns what profiles would change on a cluster, with the pods that would fail. Changes nothing. */
  previewProfile(
    name: string,
    request: PreviewProfileRequest,
  ): Promise<ProfilePreview>;
}
