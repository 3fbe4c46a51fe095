/**
 * The whole main job on real parts.
 *
 * @packageDocumentation
 */

export * from './browser/People';
export * from './portal/eventually';
export * from './portal/onboard';
export * from './portal/Portal';
