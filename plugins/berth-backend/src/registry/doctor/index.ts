/**
 * Finds the problems of a cluster, and how to fix them.
 *
 * @packageDocumentation
 */

export { createDoctor } from './createDoctor';
export type { CheckRunStore, ClusterDoctor } from './types';
