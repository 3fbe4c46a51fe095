import { createRouteRef, createSubRouteRef } from '@backstage/core-plugin-api';

/**
 * The root of all Berth pages; redirects admins to the clusters and others to "My Kubernetes".
 *
 * @public
 */
export const rootRouteRef = createRouteRef({ id: 'berth' });

/**
 * The namespaces of the caller's groups.
 *
 * @public
 */
export const mineRouteRef = createSubRouteRef({
  id: 'berth/mine',
  parent: rootRouteRef,
  path: '/mine',
});

/**
 * The list of clusters.
 *
 * @public
 */
export const clustersRouteRef = createSubRouteRef({
  id: 'berth/clusters',
  parent: rootRouteRef,
  path: '/clusters',
});

/**
 * The list of namespaces, for platform admins.
 *
 * @public
 */
export const namespacesRouteRef = createSubRouteRef({
  id: 'berth/namespaces',
  parent: rootRouteRef,
  path: '/namespaces',
});

/**
 * The page of one namespace.
 *
 * @public
 */
export const namespaceRouteRef = createSubRouteRef({
  id: 'berth/namespace',
  parent: rootRouteRef,
  path: '/clusters/:name/namespaces/:namespace',
});

/**
 * The page of one object of a cluster. `core` is the core group, and `_` the namespace of objects of the whole
 * cluster.
 *
 * @public
 */
export const objectRouteRef = createSubRouteRef({
  id: 'berth/object',
  parent: rootRouteRef,
  path: '/clusters/:name/objects/:group/:plural/:namespace/:object',
});

/**
 * The quotas of each cluster, for platform admins.
 *
 * @public
 */
export const quotasRouteRef = createSubRouteRef({
  id: 'berth/quotas',
  parent: rootRouteRef,
  path: '/quotas',
});

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

/**
 * The requests that the caller made, and those that wait for the caller.
 *
 * @public
 */
export const requestsRouteRef = createSubRouteRef({
  id: 'berth/requests',
  parent: rootRouteRef,
  path: '/requests',
});

/**
 * The form for a new request.
 *
 * @public
 */
export const newRequestRouteRef = createSubRouteRef({
  id: 'berth/new-request',
  parent: rootRouteRef,
  path: '/requests/new',
});

/**
 * The page of one request.
 *
 * @public
 */
export const requestRouteRef = createSubRouteRef({
  id: 'berth/request',
  parent: rootRouteRef,
  path: '/requests/:id',
});

/**
 * The activity of a person or a group.
 *
 * @public
 */
export const activityRouteRef = createSubRouteRef({
  id: 'berth/activity',
  parent: rootRouteRef,
  path: '/activity',
});

/**
 * The page that explains kubectl, with the computers on which the caller is signed in.
 *
 * @public
 */
export const kubectlRouteRef = createSubRouteRef({
  id: 'berth/kubectl',
  parent: rootRouteRef,
  path: '/kubectl',
});

/**
 * What runs on the clusters.
 *
 * @public
 */
export const resourcesRouteRef = createSubRouteRef({
  id: 'berth/resources',
  parent: rootRouteRef,
  path: '/resources',
});

/**
 * The Helm releases on the clusters.
 *
 * @public
 */
export const helmRouteRef = createSubRouteRef({
  id: 'berth/helm',
  parent: rootRouteRef,
  path: '/helm',
});

/**
 * The charts of the chart repositories.
 *
 * @public
 */
export const chartsRouteRef = createSubRouteRef({
  id: 'berth/charts',
  parent: rootRouteRef,
  path: '/helm/charts',
});

/**
 * The page of one chart.
 *
 * @public
 */
export const chartRouteRef = createSubRouteRef({
  id: 'berth/chart',
  parent: rootRouteRef,
  path: '/helm/charts/:repository/:chart',
});

/**
 * The chart repositories.
 *
 * @public
 */
export const repositoriesRouteRef = createSubRouteRef({
  id: 'berth/chart-repositories',
  parent: rootRouteRef,
  path: '/helm/repositories',
});

/**
 * The page of one Helm release.
 *
 * @public
 */
export const releaseRouteRef = createSubRouteRef({
  id: 'berth/release',
  parent: rootRouteRef,
  path: '/clusters/:name/namespaces/:namespace/releases/:release',
});

/** The routes of the plugin, under the names by which apps know them. */
export const routes = {
  root: rootRouteRef,
  mine: mineRouteRef,
  clusters: clustersRouteRef,
  addCluster: addClusterRouteRef,
  cluster: clusterRouteRef,
  namespaces: namespacesRouteRef,
  namespace: namespaceRouteRef,
  object: objectRouteRef,
  quotas: quotasRouteRef,
  requests: requestsRouteRef,
  newRequest: newRequestRouteRef,
  request: requestRouteRef,
  activity: activityRouteRef,
  kubectl: kubectlRouteRef,
  resources: resourcesRouteRef,
  helm: helmRouteRef,
  release: releaseRouteRef,
  charts: chartsRouteRef,
  chart: chartRouteRef,
  chartRepositories: repositoriesRouteRef,
};
