/**
 * Extension points of Berth's backend, for modules of a portal.
 *
 * @packageDocumentation
 */

export * from './ConnectionStrategy';
export * from './berthClientOptions';
export * from './berthConnectionStrategiesExtensionPoint';
export * from './createDirectoryClient';
export * from './readMemberships';
export * from './readVisibility';
