import * as z from 'zod';
import { oneOf } from './fields';

/** @public */
export const checkStatusSchema = oneOf([
  'Passed',
  'Failed',
  'Skipped',
  'Warning',
]).meta({
  id: 'CheckStatus',
  description:
    'The result of a check. With `Warning` the cluster works, but an admin should look at it. `Skipped` means that the check could not run or does not apply; its message gives the reason.',
});

/** @public */
export type CheckStatus = z.infer<typeof checkStatusSchema>;

/** @public */
export const clusterCheckSchema = z
  .object({
    id: z.string().describe('Stays the same from run to run, such as `tls`.'),
    title: z
      .string()
      .describe('The subject of the check, for people, such as `Certificate`.'),
    status: checkStatusSchema,
    message: z.string().describe('The finding, for people.'),
    cause: z
      .string()
      .describe(
        'The problem in one word, such as `ClockSkew`; only with `Failed` and `Warning`.',
      )
      .optional(),
    hint: z.string().describe('How to fix it.').optional(),
    durationMs: z
      .number()
      .describe('The duration; absent with `Skipped`.')
      .optional(),
  })
  .meta({
    id: 'ClusterCheck',
    description: 'The result of one check of a cluster.',
  });

/** @public */
export type ClusterCheck = z.infer<typeof clusterCheckSchema>;

/** @public */
export const checkTriggerSchema = oneOf([
  'Request',
  'Change',
  'State',
  'Schedule',
]).meta({
  id: 'CheckTrigger',
  description:
    "Why the checks ran:\n\n- `Request`: a user asked for them\n- `Change`: the cluster's settings changed\n- `State`: the cluster's state changed\n- `Schedule`: the last run was a day ago",
});

/** @public */
export type CheckTrigger = z.infer<typeof checkTriggerSchema>;

/** @public */
export const checkRunSchema = z
  .object({
    id: z.string().describe('ULID; runs are ordered by it.'),
    trigger: checkTriggerSchema,
    startedAt: z.string(),
    finishedAt: z.string(),
    items: z.array(clusterCheckSchema).describe('In the order of the run.'),
    totalItems: z.number(),
  })
  .meta({ id: 'CheckRun', description: 'One run of all checks of a cluster.' });

/** @public */
export type CheckRun = z.infer<typeof checkRunSchema>;
