import {
  DirectoryCluster,
  DirectoryNamespace,
  DirectoryPage,
} from '@berth/plugin-berth-common';

/** Which part of a list to read. */
export interface PageRequest {
  /** The `next` of the page before. */
  after?: string;
  limit: number;
}

/** All clusters and namespaces with who may see them, in pages that stay cheap however far they go. */
export interface Directory {
  /** @throws InputError if `after` is none that a page ended with */
  clusters(page: PageRequest): Promise<DirectoryPage<DirectoryCluster>>;
  /** @throws InputError if `after` is none that a page ended with */
  namespaces(page: PageRequest): Promise<DirectoryPage<DirectoryNamespace>>;
}
