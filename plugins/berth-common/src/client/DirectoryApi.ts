import type { DirectoryCluster, DirectoryNamespace } from '../api/directory';

/**
 * The part of the API for the portal's catalog and search, which decide who sees the result.
 *
 * @public
 */
export interface DirectoryApi {
  /** Reads all clusters, page by page. Only for plugins of the portal, with their service credentials. */
  directoryClusters(): AsyncIterable<DirectoryCluster[]>;
  /** Reads all namespaces, like `directoryClusters`. */
  directoryNamespaces(): AsyncIterable<DirectoryNamespace[]>;
}
