/**
 * The policy pack: admission policies for the users, groups, nodes and storage classes of pods, which an admin of a
 * cluster applies with the onboarding manifest.
 *
 * @packageDocumentation
 */

export * from './names';
export {
  MUTATING_SINCE,
  packObjects,
  packObjectState,
  packResource,
  STRICT_GROUPS_SINCE,
  VALIDATING_SINCE,
} from './packObjects';
export type { PackObject, PackObjectState } from './packObjects';
export { podRefusals } from './podRefusals';
export type { JudgingPolicies, PodRefusal } from './podRefusals';
