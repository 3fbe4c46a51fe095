/**
 * Keeps clusters as the portal says: desired state, plan, apply; inventory; workers. Nothing but
 * `plugin.ts` imports this room.
 *
 * @packageDocumentation
 */

export { adoptNamespace } from './adoptNamespace';
export { ClusterCleaner } from './ClusterCleaner';
export { createReconciler } from './createReconciler';
export type { ReconcilerOptions } from './createReconciler';
export { DatabaseInventory } from './DatabaseInventory';
export { createPlans } from './preview/createPlans';
export { createPlanRouter } from './preview/router';
export { createRebuiltRouter } from './rebuilt/router';
export { readProfiles } from './profiles/readProfiles';
export type { ReconcilerWorkers } from './ReconcilerWorkers';
