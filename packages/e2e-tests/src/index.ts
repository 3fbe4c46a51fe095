/**
 * The whole main job on real parts.
 *
 * @packageDocumentation
 */

export * from './portal/eventually';
export * from './portal/Portal';
