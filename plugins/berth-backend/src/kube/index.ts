/**
 * One well-behaved client for one API server. Knows nothing of clusters, shares or people.
 *
 * @packageDocumentation
 */

export { AddressPolicy } from './AddressPolicy';
export { EndpointInspector } from './EndpointInspector';
export type { Endpoint } from './EndpointInspector';
export { DefaultKubeClientFactory } from './DefaultKubeClientFactory';
export type { KubeClientFactoryOptions } from './DefaultKubeClientFactory';
export { isKubeError, KubeError } from './KubeError';
export { DEFAULT_KUBE_LIMITS } from './limits';
export type { KubeLimits } from './limits';
export { parseApiServer } from './parseApiServer';
export { redact } from './redact';
export * from './resources';
export * from './types';
