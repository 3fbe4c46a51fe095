/**
 * The policy pack: admission policies for the users, groups, nodes and storage classes of pods, which an admin of a
 * cluster applies with the onboarding manifest.
 *
 * @packageDocumentation
 */

export * from './names';
export { packObjects, packObjectState } from './packObjects';
export type { PackObject, PackObjectState } from './packObjects';
