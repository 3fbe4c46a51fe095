import type {
  HelmDiff,
  HelmDrift,
  HelmManifestObject,
  HelmObject,
  HelmReleaseLine,
  HelmReleaseQuery,
  HelmReleaseView,
  HelmRevealed,
  HelmRevealRequest,
  HelmRevision,
  HelmValues,
} from '../api/helm';
import type {
  HelmOperation,
  HelmOperationLines,
  HelmOperationQuery,
  HelmWriting,
} from '../api/helmOperations';
import type { HelmPreview } from '../api/helmPreviews';
import type { HelmOperationRequest, HelmRequest } from '../api/helmRequests';
import type { List, Page } from '../api/paging';
import type { CallOptions } from './options';

/**
 * Identifies a Helm release.
 *
 * @public
 */
export interface HelmReleaseAddress {
  /** The name of the cluster. */
  cluster: string;
  namespace: string;
  release: string;
}

/**
 * The part of the API for Helm releases. Each call reaches a cluster with the token of the caller: the cluster decides
 * what the caller may read.
 *
 * @public
 */
export interface HelmApi {
  /** Yields the releases as the clusters answer. Leaving the loop ends the calls to the clusters. */
  listReleases(
    query?: HelmReleaseQuery,
    options?: CallOptions,
  ): AsyncIterable<HelmReleaseLine>;
  /** Returns a revision, by default the latest. */
  getRelease(
    address: HelmReleaseAddress,
    revision?: number,
  ): Promise<HelmReleaseView>;
  /** Lists the revisions, the newest first. */
  listReleaseHistory(address: HelmReleaseAddress): Promise<List<HelmRevision>>;
  getReleaseValues(
    address: HelmReleaseAddress,
    query?: { revision?: number; all?: boolean; defaults?: boolean },
  ): Promise<HelmValues>;
  getReleaseManifest(
    address: HelmReleaseAddress,
    revision?: number,
  ): Promise<List<HelmManifestObject>>;
  compareReleases(
    address: HelmReleaseAddress,
    revisions: { from: number; to: number },
  ): Promise<HelmDiff>;
  /** Lists the objects of the latest revision with their health. */
  listReleaseObjects(address: HelmReleaseAddress): Promise<List<HelmObject>>;
  /** Compares the objects of the latest revision with those of the cluster. */
  getReleaseDrift(address: HelmReleaseAddress): Promise<HelmDrift>;
  /** Returns one hidden value. The activity log records which. */
  revealReleaseValue(
    address: HelmReleaseAddress,
    request: HelmRevealRequest,
  ): Promise<HelmRevealed>;
  /** Returns whether the portal can change releases, and otherwise why not. */
  getHelmWriting(): Promise<HelmWriting>;
  /** Returns what an operation would do. Changes nothing. */
  previewHelmOperation(request: HelmRequest): Promise<HelmPreview>;
  /**
   * Starts an operation.
   *
   * @param id - a ULID; the same call again returns the same operation
   */
  startHelmOperation(
    id: string,
    request: HelmOperationRequest,
  ): Promise<HelmOperation>;
  /** Lists operations, the latest first. */
  listHelmOperations(query?: HelmOperationQuery): Promise<Page<HelmOperation>>;
  getHelmOperation(id: string): Promise<HelmOperation>;
  /** Returns the lines after one, by default all from the first. */
  getHelmOperationLines(
    id: string,
    after?: number,
  ): Promise<HelmOperationLines>;
  cancelHelmOperation(id: string): Promise<HelmOperation>;
  /** Marks a pending revision as failed. */
  unlockRelease(address: HelmReleaseAddress, revision: number): Promise<void>;
}
