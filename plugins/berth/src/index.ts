/**
 * Kubernetes clusters, namespaces and quotas in the Backstage portal.
 *
 * @packageDocumentation
 */

export { berthApiRef, requestsApiRef, tenancyApiRef } from './api';
export {
  BerthClusterPicker,
  BerthGroupPicker,
  BerthPage,
  BerthSizeClassPicker,
  berthPlugin,
} from './plugin';
export {
  addClusterRouteRef,
  clusterRouteRef,
  clustersRouteRef,
  mineRouteRef,
  namespaceRouteRef,
  namespacesRouteRef,
  newRequestRouteRef,
  quotasRouteRef,
  requestRouteRef,
  requestsRouteRef,
  activityRouteRef,
  rootRouteRef,
} from './routes';
export { berthTranslationRef } from './translation';
