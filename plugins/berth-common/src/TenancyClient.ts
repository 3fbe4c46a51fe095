import type { BerthClientOptions } from './BerthClient';
import { BerthHttp, pathOf, queryOf } from './BerthHttp';
import {
  ClusterQuotas,
  CreateNamespaceRequest,
  GrantList,
  ManagedNamespace,
  NamespaceAvailability,
  NamespaceQuery,
  NamespaceQuota,
  SetGrantsRequest,
  SetQuotaRequest,
  SetQuotaResponse,
  SizeClass,
  UpdateNamespaceRequest,
} from './namespaces';
import { List } from './types';

/**
 * Which namespace.
 *
 * @public
 */
export interface NamespaceAddress {
  /** Name of the cluster. */
  cluster: string;
  namespace: string;
}

/**
 * Binds a change to the state that the caller saw: if it is another by now, the change is refused with
 * 412 and nothing is saved.
 *
 * @public
 */
export interface ChangeOptions {
  /** The `etag` of what the caller saw; `*` overwrites whatever is there. */
  etag: string;
}

/**
 * As `ChangeOptions`, for what may not be there yet.
 *
 * @public
 */
export interface SetQuotaOptions {
  /** Undefined where the caller saw no quota: the change is refused if there is one by now. */
  etag: string | undefined;
}

/**
 * Namespaces, grants and quotas as seen by a client. Every method rejects with a `ResponseError` that
 * carries the backend's error body.
 *
 * @public
 */
export interface TenancyApi {
  listNamespaces(query?: NamespaceQuery): Promise<List<ManagedNamespace>>;
  getNamespace(address: NamespaceAddress): Promise<ManagedNamespace>;
  /**
   * Whether a namespace of that name can be created; asks the cluster.
   *
   * @param group - entity ref of the group that is to own it
   */
  checkNamespaceName(
    address: NamespaceAddress,
    group?: string,
  ): Promise<NamespaceAvailability>;
  createNamespace(
    cluster: string,
    request: CreateNamespaceRequest,
  ): Promise<ManagedNamespace>;
  updateNamespace(
    address: NamespaceAddress,
    request: UpdateNamespaceRequest,
    options: ChangeOptions,
  ): Promise<ManagedNamespace>;
  /**
   * Deletes a namespace and everything in it on its cluster. Resolves when the cluster has started to.
   *
   * @param uid - of the namespace that the caller saw
   */
  deleteNamespace(address: NamespaceAddress, uid?: string): Promise<void>;
  getGrants(address: NamespaceAddress): Promise<GrantList>;
  setGrants(
    address: NamespaceAddress,
    request: SetGrantsRequest,
    options: ChangeOptions,
  ): Promise<GrantList>;
  /** Rejects with status 404 where nothing bounds the namespace. */
  getQuota(address: NamespaceAddress): Promise<NamespaceQuota>;
  setQuota(
    address: NamespaceAddress,
    request: SetQuotaRequest,
    options: SetQuotaOptions,
  ): Promise<SetQuotaResponse>;
  deleteQuota(address: NamespaceAddress, options: ChangeOptions): Promise<void>;
  getQuotas(cluster: string): Promise<ClusterQuotas>;
  listSizeClasses(): Promise<List<SizeClass>>;
}

/**
 * The HTTP client of the namespaces' part of Berth's API.
 *
 * @public
 */
export class TenancyClient implements TenancyApi {
  readonly #http: BerthHttp;

  constructor(options: BerthClientOptions) {
    this.#http = new BerthHttp(options);
  }

  listNamespaces(query: NamespaceQuery = {}) {
    return this.#http.json<List<ManagedNamespace>>(
      'GET',
      `/namespaces${queryOf(query)}`,
    );
  }

  getNamespace(address: NamespaceAddress) {
    return this.#http.json<ManagedNamespace>('GET', namespacePath(address));
  }

  checkNamespaceName(address: NamespaceAddress, group?: string) {
    return this.#http.json<NamespaceAvailability>(
      'GET',
      `${namespacePath(address)}/availability${queryOf({ group })}`,
    );
  }

  createNamespace(cluster: string, request: CreateNamespaceRequest) {
    return this.#http.json<ManagedNamespace>(
      'POST',
      pathOf('clusters', cluster, 'namespaces'),
      request,
    );
  }

  updateNamespace(
    address: NamespaceAddress,
    request: UpdateNamespaceRequest,
    options: ChangeOptions,
  ) {
    return this.#http.json<ManagedNamespace>(
      'PATCH',
      namespacePath(address),
      request,
      ifMatch(options),
    );
  }

  async deleteNamespace(address: NamespaceAddress, uid?: string) {
    const query = queryOf({ confirm: address.namespace, uid });
    await this.#http.request('DELETE', `${namespacePath(address)}${query}`);
  }

  getGrants(address: NamespaceAddress) {
    return this.#http.json<GrantList>(
      'GET',
      `${namespacePath(address)}/grants`,
    );
  }

  setGrants(
    address: NamespaceAddress,
    request: SetGrantsRequest,
    options: ChangeOptions,
  ) {
    const path = `${namespacePath(address)}/grants`;
    return this.#http.json<GrantList>('PUT', path, request, ifMatch(options));
  }

  getQuota(address: NamespaceAddress) {
    return this.#http.json<NamespaceQuota>(
      'GET',
      `${namespacePath(address)}/quota`,
    );
  }

  setQuota(
    address: NamespaceAddress,
    request: SetQuotaRequest,
    { etag }: SetQuotaOptions,
  ) {
    const path = `${namespacePath(address)}/quota`;
    return this.#http.json<SetQuotaResponse>(
      'PUT',
      path,
      request,
      etag === undefined ? { 'If-None-Match': '*' } : ifMatch({ etag }),
    );
  }

  async deleteQuota(address: NamespaceAddress, options: ChangeOptions) {
    await this.#http.request(
      'DELETE',
      `${namespacePath(address)}/quota`,
      undefined,
      ifMatch(options),
    );
  }

  getQuotas(cluster: string) {
    return this.#http.json<ClusterQuotas>(
      'GET',
      `/quotas${queryOf({ cluster })}`,
    );
  }

  listSizeClasses() {
    return this.#http.json<List<SizeClass>>('GET', '/size-classes');
  }
}

function namespacePath({ cluster, namespace }: NamespaceAddress): string {
  return pathOf('clusters', cluster, 'namespaces', namespace);
}

function ifMatch({ etag }: ChangeOptions): Record<string, string> {
  return { 'If-Match': etag };
}
