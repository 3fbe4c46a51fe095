import {
  directoryClusterSchema,
  directoryNamespaceSchema,
  directoryQuerySchema,
} from '../directory';
import { pageOf } from '../paging';
import type { ApiRoute } from './ApiRoute';
import { routesOf } from './routesOf';

const directory = routesOf('Directory');

const service = 'The services `plugin:catalog` and `plugin:search`';

/** The routes of the directory, for plugins of the portal. */
export const DIRECTORY_ROUTES: readonly ApiRoute[] = [
  directory('get /directory/clusters', 'List all clusters, page by page', {
    caller: service,
    query: directoryQuerySchema,
    answer: pageOf(directoryClusterSchema),
  }),
  directory('get /directory/namespaces', 'List all namespaces, page by page', {
    caller: service,
    query: directoryQuerySchema,
    answer: pageOf(directoryNamespaceSchema),
  }),
];
