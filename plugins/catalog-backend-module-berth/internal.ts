/**
 * The parts of the module that the benchmarks measure. Not published: only packages of this repository can import
 * it, and it may change at any time.
 *
 * @packageDocumentation
 */

export { BerthEntityProvider } from './src/provider/BerthEntityProvider';
export { ANNOTATION_DIGEST } from './src/provider/KnownEntities';
export { GroupTags } from './src/visibility/GroupTags';
