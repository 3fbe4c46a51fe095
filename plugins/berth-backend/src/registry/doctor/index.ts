/**
 * Finds what is wrong with a cluster, and how to fix it.
 *
 * @packageDocumentation
 */

export { createDoctor } from './createDoctor';
export type { CheckRunStore, ClusterDoctor } from './types';
