/**
 * The activity log, which records who did what, where and when, and the auditor that writes it.
 *
 * @packageDocumentation
 */

export { createActivity } from './createActivity';
export { DatabaseActivityLog } from './DatabaseActivityLog';
export type {
  Activity,
  ActivityEnd,
  ActivityLog,
  StartedActivity,
} from './types';
