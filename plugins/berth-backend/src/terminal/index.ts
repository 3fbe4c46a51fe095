/**
 * Terminals in containers, off by default.
 *
 * @packageDocumentation
 */

export { createTerminals } from './createTerminals';
export type { Terminals } from './createTerminals';
