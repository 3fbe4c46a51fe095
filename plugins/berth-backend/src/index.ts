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
