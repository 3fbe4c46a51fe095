/**
 * Kubernetes clusters, namespaces and quotas in the Backstage portal.
 *
 * @packageDocumentation
 */

export { berthApiRef } from './api';
export {
  BerthChartVersionPicker,
  BerthClusterPicker,
  BerthGroupPicker,
  BerthNamespaceName,
  BerthNamespacePicker,
  BerthPage,
  BerthRequestPreview,
  BerthSizeClassPicker,
  berthPlugin,
  EntityClusterContent,
  EntityGroupAccessContent,
  EntityNamespaceContent,
  EntityNamespacesCard,
  EntityNamespacesContent,
  EntityReleasesContent,
  EntityUserAccessContent,
  EntityWorkloadsContent,
} from './plugin';
export {
  addClusterRouteRef,
  clusterRouteRef,
  clustersRouteRef,
  mineRouteRef,
  namespaceRouteRef,
  namespacesRouteRef,
  newRequestRouteRef,
  objectRouteRef,
  quotasRouteRef,
  requestRouteRef,
  resourcesRouteRef,
  helmRouteRef,
  chartsRouteRef,
  chartRouteRef,
  repositoriesRouteRef,
  releaseRouteRef,
  requestsRouteRef,
  activityRouteRef,
  rootRouteRef,
} from './routes';
export {
  hasNamespaces as isNamespacesAvailable,
  hasWorkloads as isWorkloadsAvailable,
  isCluster as isKubernetesCluster,
  isNamespace as isKubernetesNamespace,
} from './pages/entity/entities';
export { berthTranslationRef } from './translation';
