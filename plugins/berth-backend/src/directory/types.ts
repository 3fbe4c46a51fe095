import {
  DirectoryCluster,
  DirectoryNamespace,
} from '@berth/plugin-berth-common';
import { PageRequest, PositionedPage } from '../model/paging';

/** All clusters and namespaces with the groups that may see them, in pages. */
export interface Directory {
  clusters(page: PageRequest): Promise<PositionedPage<DirectoryCluster>>;
  namespaces(page: PageRequest): Promise<PositionedPage<DirectoryNamespace>>;
}
