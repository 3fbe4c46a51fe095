import type { ClusterQuotas } from '../api/clusterQuotas';
import type { GrantList, SetGrantsRequest } from '../api/grants';
import type {
  CreateNamespaceRequest,
  ManagedNamespace,
  NamespaceAvailability,
  NamespaceQuery,
  UpdateNamespaceRequest,
} from '../api/namespaces';
import type { CountedPage, List } from '../api/paging';
import type {
  CreatePersonalNamespaceRequest,
  PersonalNamespace,
  TransferNamespaceRequest,
} from '../api/personalNamespaces';
import type {
  NamespaceQuota,
  SetQuotaRequest,
  SetQuotaResponse,
  SizeClass,
} from '../api/quotas';
import type { ChangeOptions } from './options';

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
 * Like `ChangeOptions`, for a namespace that may have no quota yet.
 *
 * @public
 */
export interface SetQuotaOptions {
  /** Undefined if the caller saw no quota: the change is refused if the namespace has a quota now. */
  etag: string | undefined;
}

/**
 * The part of the API for namespaces, their grants and their quotas.
 *
 * @public
 */
export interface NamespacesApi {
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
  /** Gives a namespace with everything in it to another owner. */
  transferNamespace(
    address: NamespaceAddress,
    request: TransferNamespaceRequest,
  ): Promise<ManagedNamespace>;
  /** Lists the clusters on which the caller can have a personal namespace, with the namespace if there is one. */
  listPersonalNamespaces(): Promise<List<PersonalNamespace>>;
  /** Creates the personal namespace of the caller on a cluster, or returns the one that exists. */
  createPersonalNamespace(
    cluster: string,
    request?: CreatePersonalNamespaceRequest,
  ): Promise<ManagedNamespace>;
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
}
