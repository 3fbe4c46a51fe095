/**
 * Clusters and namespaces in the portal search.
 *
 * @packageDocumentation
 */

export { searchModuleBerth as default } from './searchModuleBerth';
