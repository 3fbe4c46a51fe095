/**
 * Kubernetes clusters, namespaces and quotas in the Backstage portal.
 *
 * @packageDocumentation
 */

export { berthApiRef } from './api';
export { BerthPage, berthPlugin } from './plugin';
export { addClusterRouteRef, clusterRouteRef, rootRouteRef } from './routes';
export { berthTranslationRef } from './translation';
