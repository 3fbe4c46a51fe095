/**
 * Brings clusters to their desired state: desired state, plan, apply; inventory; workers. Begin at
 * `createReconciler.ts`.
 *
 * @packageDocumentation
 */

export { adoptNamespace } from './adoptNamespace';
export { ClusterLeftoverResources } from './ClusterLeftoverResources';
export { createReconciler } from './createReconciler';
export type { ReconcilerOptions } from './createReconciler';
export { createIdentities } from './identities/createIdentities';
export { DatabaseInventory } from './DatabaseInventory';
export { createPlans } from './preview/createPlans';
export { PlanActions } from './preview/PlanActions';
export { PlanPreviewer } from './preview/PlanPreviewer';
export { createPlanRouter } from './preview/router';
export { createRebuiltRouter } from './rebuilt/router';
export { createProfilePages } from './profiles/pages/createProfilePages';
export { createProfileRouter } from './profiles/pages/router';
export type { ProfileRouterOptions } from './profiles/pages/router';
export { readProfiles } from './profiles/readProfiles';
export { PullSecrets } from './pullSecrets/PullSecrets';
export { readPullSecrets } from './pullSecrets/readPullSecrets';
export type { ReconcilerWorkers } from './ReconcilerWorkers';
