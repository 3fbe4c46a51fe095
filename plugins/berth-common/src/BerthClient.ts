import { ResponseError } from '@backstage/errors';
import {
  ActivityExportFormat,
  ActivityFilter,
  ActivityPage,
  ActivityQuery,
} from './activity';
import {
  ClusterLeftovers,
  ClusterPreview,
  CreateClusterRequest,
  RegisterKubeconfigRequest,
  UpdateClusterRequest,
} from './clusterSettings';
import { CheckRun } from './checks';
import { AccessExplanation, ExplainAccessQuery } from './explain';
import { OnboardingFormat, OnboardingGuide } from './onboarding';
import {
  ClusterPlan,
  ConfirmPlanRequest,
  ConfirmRebuiltRequest,
  RemoveLeftoversRequest,
  TakeOverRequest,
  TakeOverResult,
} from './plan';
import {
  AccessSummary,
  AddShareRequest,
  Cluster,
  List,
  SetSharesRequest,
  ShareList,
  TokenResponse,
} from './types';

/**
 * Berth's backend as seen by a client. Every method rejects with a `ResponseError` that carries the
 * backend's error body.
 *
 * @public
 */
export interface BerthApi {
  getAccess(): Promise<AccessSummary>;
  /** Explains why a person can or cannot use a cluster or a namespace; the caller unless `user` is given. */
  explainAccess(query: ExplainAccessQuery): Promise<AccessExplanation>;
  listClusters(): Promise<List<Cluster>>;
  getCluster(name: string): Promise<Cluster>;
  createCluster(
    request: CreateClusterRequest | RegisterKubeconfigRequest,
  ): Promise<Cluster>;
  /** What `createCluster` would make of a request, finished or not. Nothing is kept of it. */
  previewCluster(
    request: Partial<CreateClusterRequest> | RegisterKubeconfigRequest,
  ): Promise<ClusterPreview>;
  /**
   * @param options - `etag`: that of the cluster as the caller knows it, so that nobody else's change is
   *   lost: rejects with status 412 if there was one
   */
  updateCluster(
    name: string,
    request: UpdateClusterRequest,
    options?: { etag?: string },
  ): Promise<Cluster>;
  /** What `deleteCluster` leaves on the cluster, and what its clean-up would remove. */
  getLeftovers(name: string): Promise<ClusterLeftovers>;
  /**
   * @param options - `cleanUp`: first delete what Berth made on the cluster, as `getLeftovers` says; if
   *   that fails, the cluster stays registered
   */
  deleteCluster(name: string, options?: { cleanUp?: boolean }): Promise<void>;
  getShares(name: string): Promise<ShareList>;
  /**
   * Makes some groups the whole set.
   *
   * @param options - `etag`: that of the shares as the caller knows them; `*` overwrites whatever is there.
   *   Without it, a set that takes the cluster from a group is refused with status 428
   */
  setShares(
    name: string,
    request: SetSharesRequest,
    options?: { etag?: string },
  ): Promise<ShareList>;
  /** Shares a cluster with one more group, whatever others change at the same time. */
  addShare(name: string, request: AddShareRequest): Promise<ShareList>;
  /**
   * Takes a cluster from one group, whatever others change at the same time.
   *
   * @param group - entity ref
   */
  removeShare(name: string, group: string): Promise<ShareList>;
  /** The manifest that the cluster's admin applies once, as YAML. */
  getOnboardingManifest(name: string): Promise<string>;
  /** The steps that make the cluster accept the portal's tokens, for its distribution. */
  getOnboarding(
    name: string,
    format: OnboardingFormat,
  ): Promise<OnboardingGuide>;
  createToken(name: string): Promise<TokenResponse>;
  /** Runs the checks of a cluster now, after which its status is fresh. */
  runChecks(name: string): Promise<CheckRun>;
  /** The last runs of a cluster's checks, the latest first. */
  listCheckRuns(name: string): Promise<List<CheckRun>>;
  /** Everything for admins, for others what they did and what touches their groups. */
  listActivity(query?: ActivityQuery): Promise<ActivityPage>;
  /** The same of one cluster that the caller may see, without a former one of its name. */
  listClusterActivity(
    name: string,
    query?: Omit<ActivityQuery, 'cluster'>,
  ): Promise<ActivityPage>;
  /** All entries of a filter as a file. */
  exportActivity(
    filter: ActivityFilter,
    format: ActivityExportFormat,
  ): Promise<Blob>;
  /** What the reconciler would change on the cluster now. */
  getPlan(name: string): Promise<ClusterPlan>;
  /** Carries out deletions that were held for confirmation. */
  confirmPlan(name: string, request: ConfirmPlanRequest): Promise<void>;
  /** Confirms that the cluster was rebuilt, and that the one that answers now is the right one. */
  confirmRebuilt(name: string, request: ConfirmRebuiltRequest): Promise<void>;
  /** Deletes objects that are left from before a restore. */
  removeLeftovers(name: string, request: RemoveLeftoversRequest): Promise<void>;
  /** Takes over the namespaces of a registration of this cluster that was deleted. */
  takeOver(name: string, request: TakeOverRequest): Promise<TakeOverResult>;
}

/** @public */
export interface BerthClientOptions {
  /** Where the plugin's API is, such as `https://portal.example.com/api/berth`. */
  getBaseUrl: () => Promise<string>;
  /** Adds the caller's credentials. */
  fetch: typeof fetch;
}

/**
 * The HTTP client of Berth's API.
 *
 * @public
 */
export class BerthClient implements BerthApi {
  readonly #options: BerthClientOptions;

  constructor(options: BerthClientOptions) {
    this.#options = options;
  }

  getAccess(): Promise<AccessSummary> {
    return this.#json('GET', '/access/me');
  }

  explainAccess(query: ExplainAccessQuery): Promise<AccessExplanation> {
    const parameters = new URLSearchParams({ ...query });
    return this.#json('GET', `/access/explain?${parameters}`);
  }

  listClusters(): Promise<List<Cluster>> {
    return this.#json('GET', '/clusters');
  }

  getCluster(name: string): Promise<Cluster> {
    return this.#json('GET', clusterPath(name));
  }

  createCluster(
    request: CreateClusterRequest | RegisterKubeconfigRequest,
  ): Promise<Cluster> {
    return this.#json('POST', '/clusters', request);
  }

  previewCluster(
    request: Partial<CreateClusterRequest> | RegisterKubeconfigRequest,
  ): Promise<ClusterPreview> {
    return this.#json('POST', '/clusters?dryRun=true', request);
  }

  updateCluster(
    name: string,
    request: UpdateClusterRequest,
    { etag }: { etag?: string } = {},
  ): Promise<Cluster> {
    return this.#json('PATCH', clusterPath(name), request, {
      ...(etag !== undefined && { 'If-Match': etag }),
    });
  }

  getLeftovers(name: string): Promise<ClusterLeftovers> {
    return this.#json('GET', `${clusterPath(name)}/leftovers`);
  }

  async deleteCluster(
    name: string,
    options: { cleanUp?: boolean } = {},
  ): Promise<void> {
    await this.#request('DELETE', `${clusterPath(name)}${search(options)}`);
  }

  getShares(name: string): Promise<ShareList> {
    return this.#json('GET', `${clusterPath(name)}/shares`);
  }

  setShares(
    name: string,
    request: SetSharesRequest,
    { etag }: { etag?: string } = {},
  ): Promise<ShareList> {
    return this.#json('PUT', `${clusterPath(name)}/shares`, request, {
      ...(etag !== undefined && { 'If-Match': etag }),
    });
  }

  addShare(name: string, request: AddShareRequest): Promise<ShareList> {
    return this.#json('POST', `${clusterPath(name)}/shares`, request);
  }

  removeShare(name: string, group: string): Promise<ShareList> {
    return this.#json(
      'DELETE',
      `${clusterPath(name)}/shares${search({ group })}`,
    );
  }

  async getOnboardingManifest(name: string): Promise<string> {
    const path = `${clusterPath(name)}/onboarding?format=manifest`;
    return (await this.#request('GET', path)).text();
  }

  getOnboarding(
    name: string,
    format: OnboardingFormat,
  ): Promise<OnboardingGuide> {
    const path = `${clusterPath(name)}/onboarding?format=${format}`;
    return this.#json('GET', path, undefined, { Accept: 'application/json' });
  }

  createToken(name: string): Promise<TokenResponse> {
    return this.#json('POST', `${clusterPath(name)}/token`);
  }

  runChecks(name: string): Promise<CheckRun> {
    return this.#json('POST', `${clusterPath(name)}/checks`);
  }

  listCheckRuns(name: string): Promise<List<CheckRun>> {
    return this.#json('GET', `${clusterPath(name)}/checks`);
  }

  listActivity(query: ActivityQuery = {}): Promise<ActivityPage> {
    return this.#json('GET', `/activity${search(query)}`);
  }

  listClusterActivity(
    name: string,
    query: Omit<ActivityQuery, 'cluster'> = {},
  ): Promise<ActivityPage> {
    const path = `${clusterPath(name)}/activity${search(query)}`;
    return this.#json('GET', path);
  }

  async exportActivity(
    filter: ActivityFilter,
    format: ActivityExportFormat,
  ): Promise<Blob> {
    const path = `/activity${search({ ...filter, format })}`;
    return (await this.#request('GET', path)).blob();
  }

  getPlan(name: string): Promise<ClusterPlan> {
    return this.#json('GET', `${clusterPath(name)}/plan`);
  }

  async confirmPlan(name: string, request: ConfirmPlanRequest): Promise<void> {
    await this.#request('POST', `${clusterPath(name)}/plan/confirm`, request);
  }

  async confirmRebuilt(
    name: string,
    request: ConfirmRebuiltRequest,
  ): Promise<void> {
    await this.#request('POST', `${clusterPath(name)}/rebuilt`, request);
  }

  async removeLeftovers(
    name: string,
    request: RemoveLeftoversRequest,
  ): Promise<void> {
    await this.#request(
      'POST',
      `${clusterPath(name)}/plan/leftovers/remove`,
      request,
    );
  }

  takeOver(name: string, request: TakeOverRequest): Promise<TakeOverResult> {
    return this.#json('POST', `${clusterPath(name)}/plan/take-over`, request);
  }

  async #json<T>(
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<T> {
    const response = await this.#request(method, path, body, headers);
    return (await response.json()) as T;
  }

  async #request(
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<Response> {
    const url = `${await this.#options.getBaseUrl()}${path}`;
    const response = await this.#options.fetch(url, {
      method,
      ...(headers && { headers }),
      ...(body !== undefined && {
        headers: { 'Content-Type': 'application/json', ...headers },
        body: JSON.stringify(body),
      }),
    });
    if (!response.ok) {
      throw await ResponseError.fromResponse(response);
    }
    return response;
  }
}

function clusterPath(name: string): string {
  return `/clusters/${encodeURIComponent(name)}`;
}

/** A query string, with a parameter for each value of a list and none for what is undefined. */
function search(query: object): string {
  const parameters = new URLSearchParams(
    Object.entries(query).flatMap(([name, value]) =>
      [value ?? []].flat().map(item => [name, String(item)]),
    ),
  );
  return parameters.size > 0 ? `?${parameters}` : '';
}
