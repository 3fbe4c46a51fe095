/**
 * The whole main job on real parts.
 *
 * @packageDocumentation
 */

export * from './portal/eventually';
export * from './portal/onboard';
export * from './portal/Portal';
