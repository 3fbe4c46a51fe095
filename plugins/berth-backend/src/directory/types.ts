import {
  DirectoryCluster,
  DirectoryNamespace,
  DirectoryPage,
} from '@berth/plugin-berth-common';

/** Selects a page of a list. */
export interface PageRequest {
  /** The `next` of the previous page. */
  after?: string;
  limit: number;
}

/** All clusters and namespaces with the groups that may see them, in pages. */
export interface Directory {
  /** @throws InputError if `after` is not the `next` of a page */
  clusters(page: PageRequest): Promise<DirectoryPage<DirectoryCluster>>;
  /** @throws InputError if `after` is not the `next` of a page */
  namespaces(page: PageRequest): Promise<DirectoryPage<DirectoryNamespace>>;
}
