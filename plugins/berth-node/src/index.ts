/**
 * Extension points of Berth's backend, for modules of a portal.
 *
 * @packageDocumentation
 */

export * from './ConnectionStrategy';
export * from './berthConnectionStrategiesExtensionPoint';
export * from './createDirectoryClient';
export * from './readVisibility';
