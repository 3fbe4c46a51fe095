/**
 * Extension points and clients for modules of a portal.
 *
 * @packageDocumentation
 */

export * from './ConnectionStrategy';
export * from './berthConnectionStrategiesExtensionPoint';
export * from './createBerthClient';
export * from './parsing';
export * from './readPerson';
export * from './readVisibility';
export * from './transport';
