import { ResponseError } from '@backstage/errors';
import { AccessExplanation, ExplainAccessQuery } from './explain';
import {
  AccessSummary,
  Cluster,
  ClusterCheck,
  CreateClusterRequest,
  List,
  SetSharesRequest,
  Share,
  TokenResponse,
  UpdateClusterRequest,
} from './types';

/**
 * Berth's backend as seen by a client. Every method rejects with a `ResponseError` that carries the
 * backend's error body.
 *
 * @public
 */
export interface BerthApi {
  getAccess(): Promise<AccessSummary>;
  /** Why somebody may, or may not, use a cluster or a namespace; the caller unless `user` is given. */
  explainAccess(query: ExplainAccessQuery): Promise<AccessExplanation>;
  listClusters(): Promise<List<Cluster>>;
  getCluster(name: string): Promise<Cluster>;
  createCluster(request: CreateClusterRequest): Promise<Cluster>;
  updateCluster(name: string, request: UpdateClusterRequest): Promise<Cluster>;
  deleteCluster(name: string): Promise<void>;
  getShares(name: string): Promise<List<Share>>;
  setShares(name: string, request: SetSharesRequest): Promise<List<Share>>;
  /** The manifest that the cluster's admin applies once, as YAML. */
  getOnboardingManifest(name: string): Promise<string>;
  createToken(name: string): Promise<TokenResponse>;
  /** Runs the checks of a cluster now, after which its status is fresh. */
  runChecks(name: string): Promise<List<ClusterCheck>>;
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

  createCluster(request: CreateClusterRequest): Promise<Cluster> {
    return this.#json('POST', '/clusters', request);
  }

  updateCluster(name: string, request: UpdateClusterRequest): Promise<Cluster> {
    return this.#json('PATCH', clusterPath(name), request);
  }

  async deleteCluster(name: string): Promise<void> {
    await this.#request('DELETE', clusterPath(name));
  }

  getShares(name: string): Promise<List<Share>> {
    return this.#json('GET', `${clusterPath(name)}/shares`);
  }

  setShares(name: string, request: SetSharesRequest): Promise<List<Share>> {
    return this.#json('PUT', `${clusterPath(name)}/shares`, request);
  }

  async getOnboardingManifest(name: string): Promise<string> {
    const path = `${clusterPath(name)}/onboarding?format=manifest`;
    return (await this.#request('GET', path)).text();
  }

  createToken(name: string): Promise<TokenResponse> {
    return this.#json('POST', `${clusterPath(name)}/token`);
  }

  runChecks(name: string): Promise<List<ClusterCheck>> {
    return this.#json('POST', `${clusterPath(name)}/checks`);
  }

  async #json<T>(method: string, path: string, body?: unknown): Promise<T> {
    const response = await this.#request(method, path, body);
    return (await response.json()) as T;
  }

  async #request(
    method: string,
    path: string,
    body?: unknown,
  ): Promise<Response> {
    const url = `${await this.#options.getBaseUrl()}${path}`;
    const response = await this.#options.fetch(url, {
      method,
      ...(body !== undefined && {
        headers: { 'Content-Type': 'application/json' },
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
