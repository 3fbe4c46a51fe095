/**
 * Extension points and clients for modules of a portal.
 *
 * @packageDocumentation
 */

export * from './ConnectionStrategy';
export * from './berthClientOptions';
export * from './berthConnectionStrategiesExtensionPoint';
export * from './createDirectoryClient';
export * from './readMemberships';
export * from './readVisibility';
export * from './transport';
