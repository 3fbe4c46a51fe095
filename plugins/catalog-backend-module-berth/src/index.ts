/**
 * Clusters and namespaces as catalog entities.
 *
 * @packageDocumentation
 */

export { catalogModuleBerth as default } from './catalogModuleBerth';
export * from './entities/annotations';
export {
  BerthVisibility,
  type BerthVisibilityOptions,
} from './visibility/BerthVisibility';
