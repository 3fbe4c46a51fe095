/**
 * Measures Berth against a baseline in the same run.
 *
 * @packageDocumentation
 */

export { median, percentile, ratio } from './statistics';
