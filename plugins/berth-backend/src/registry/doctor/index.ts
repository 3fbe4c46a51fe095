/**
 * Finds out what is wrong with a cluster, and says what to do about it.
 *
 * @packageDocumentation
 */

export { createDoctor } from './createDoctor';
export type { CheckRunStore, ClusterDoctor } from './types';
