/**
 * Extension points and clients for modules of a portal.
 *
 * @packageDocumentation
 */

export * from './ConnectionStrategy';
export * from './berthConnectionStrategiesExtensionPoint';
export * from './createBerthClient';
export * from './parsing';
export * from './readMemberships';
export * from './readVisibility';
export * from './transport';
