import { createRouteRef, createSubRouteRef } from '@backstage/core-plugin-api';

/**
 * The list of clusters, and the root of all Berth pages.
 *
 * @public
 */
export const rootRouteRef = createRouteRef({ id: 'berth' });

/**
 * The form that registers a cluster.
 *
 * @public
 */
export const addClusterRouteRef = createSubRouteRef({
  id: 'berth/add-cluster',
  parent: rootRouteRef,
  path: '/add',
});

/**
 * The page of one cluster.
 *
 * @public
 */
export const clusterRouteRef = createSubRouteRef({
  id: 'berth/cluster',
  parent: rootRouteRef,
  path: '/clusters/:name',
});
