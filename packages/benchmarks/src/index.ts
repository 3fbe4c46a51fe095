/**
 * Measures Berth against a baseline in the same run.
 *
 * @packageDocumentation
 */

export { benches } from './benches';
