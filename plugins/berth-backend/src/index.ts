/**
 * Berth's backend: OIDC issuer, cluster registry and reconciler.
 *
 * @packageDocumentation
 */

export { berthPlugin as default } from './plugin';
export {
  clusterConditions,
  clusterResourceRef,
  clusterRules,
  createClusterConditionalDecision,
} from './access/permissions/clusterRules';
export type { ClusterResource } from './access/permissions/clusterRules';
export {
  createNamespaceConditionalDecision,
  namespaceConditions,
  namespaceResourceRef,
  namespaceRules,
} from './access/permissions/namespaceRules';
export type { NamespaceResource } from './access/permissions/namespaceRules';
export { keysCommand } from './keysCommand';
