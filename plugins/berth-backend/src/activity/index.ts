/**
 * Who did what, where and when.
 *
 * @packageDocumentation
 */

export { createActivity } from './createActivity';
export { DatabaseActivityLog } from './DatabaseActivityLog';
export { createActivityRouter } from './router';
export type {
  Activity,
  ActivityEnd,
  ActivityLog,
  StartedActivity,
} from './types';
