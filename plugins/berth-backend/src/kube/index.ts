/**
 * A client for one API server. Its transport is in `@berth/plugin-berth-node`, because the module of the
 * Kubernetes plugin also uses it. It does not depend on clusters, shares or people.
 *
 * @packageDocumentation
 */

export {
  AddressPolicy,
  DEFAULT_KUBE_LIMITS,
  isKubeError,
  KubeError,
  redact,
} from '@berth/plugin-berth-node';
export type { KubeLimits } from '@berth/plugin-berth-node';
export { EndpointInspector } from './EndpointInspector';
export type { Endpoint } from './EndpointInspector';
export {
  DefaultKubeClientFactory,
  FIELD_MANAGER,
} from './DefaultKubeClientFactory';
export type { KubeClientFactoryOptions } from './DefaultKubeClientFactory';
export { parseApiServer } from './parseApiServer';
export { readNodeKeys } from './readNodeKeys';
export * from './resources';
export * from './types';
