/**
 * Connections to API servers that the portal does not trust. Only this folder checks addresses, trusts a single CA,
 * refuses redirects, and limits the time and the bytes of every answer.
 */

export { AddressPolicy } from './AddressPolicy';
export { classifyFailure } from './classifyFailure';
export { classifyResponse } from './classifyResponse';
export { createConnector } from './createConnector';
export type { ConnectorTrust } from './createConnector';
export { scanJson } from './JsonScanner';
export { isKubeError, KubeError } from './KubeError';
export type { KubeErrorCause, KubeErrorDetails } from './KubeError';
export { KubeTransport } from './KubeTransport';
export type { KubeAnswer, KubeOpenRequest, KubeRequest } from './KubeTransport';
export { DEFAULT_KUBE_LIMITS } from './limits';
export type { KubeLimits } from './limits';
export { openWebSocket } from './openWebSocket';
export type { KubeWebSocketRequest } from './openWebSocket';
export { parseJson, RESPONSE_TOO_LARGE, TOO_MANY_ITEMS } from './readJson';
export { redact } from './redact';
export { TargetAgents } from './TargetAgents';
export type { Purpose } from './TargetAgents';
export {
  ENDLESS_LIST,
  OUT_OF_BUDGET,
  SUSPENDED,
  TargetGuard,
} from './TargetGuard';
export type { KubeFailure, KubeTarget } from './types';
