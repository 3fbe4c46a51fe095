import * as z from 'zod';
import { QueryOf, boundedText, many, oneOf, pastTime } from './fields';
import { pageQuery } from './paging';

const term = boundedText(253)
  .min(1, 'must not be empty')
  .regex(/^\P{Cc}*$/u, 'must be without control characters');

/** @public */
export const activityOutcomeSchema = oneOf([
  'Started',
  'Succeeded',
  'Failed',
]).meta({
  id: 'ActivityOutcome',
  description:
    'The outcome of an action. An entry is `Started` until the action ends, and stays `Started` if the backend was killed before, or could not write the end.',
});

/** @public */
export type ActivityOutcome = z.infer<typeof activityOutcomeSchema>;

/** @public */
export const activityEntrySchema = z
  .object({
    id: z.string().describe('ULID; entries are ordered by it.'),
    at: z.string().describe('ISO 8601 start time.'),
    actor: z
      .string()
      .describe(
        'Entity ref of a person, or `system:<part>` such as `system:reconciler`.',
      ),
    event: z
      .string()
      .describe('Subject and action, such as `cluster-share` or `token-mint`.'),
    outcome: activityOutcomeSchema,
    error: z
      .string()
      .describe('What went wrong, for people; only when `Failed`.')
      .optional(),
    clusterId: z.string().optional(),
    cluster: z
      .string()
      .describe(
        'Name of the cluster at that time; a failed attempt may name a cluster that never existed.',
      )
      .optional(),
    namespace: z.string().optional(),
    groups: z
      .array(z.string())
      .describe('Entity refs of the groups whose access it touched.'),
    jti: z
      .string()
      .describe('The `jti` of the token, as in the audit logs of API servers.')
      .optional(),
    meta: z
      .record(z.string(), z.unknown())
      .describe('More details, as small JSON.')
      .optional(),
  })
  .meta({
    id: 'ActivityEntry',
    description:
      'An action or an attempt: a write through the portal, a token, a change by the reconciler.',
  });

/** @public */
export type ActivityEntry = z.infer<typeof activityEntrySchema>;

/** @public */
export const activityFilterSchema = z
  .object({
    cluster: many(term).describe('Names of clusters.').optional(),
    namespace: term.optional(),
    actor: term.describe('Such as `user:default/alice`.').optional(),
    group: many(z.string()).describe('Entity refs of groups.').optional(),
    event: many(term).describe('Such as `cluster-share`.').optional(),
    outcome: activityOutcomeSchema.optional(),
    jti: term.optional(),
    since: pastTime.describe('ISO 8601, inclusive.').optional(),
    until: pastTime.describe('ISO 8601, exclusive.').optional(),
  })
  .meta({
    id: 'ActivityFilter',
    description: 'Which entries to list; all parts must hold.',
  });

/** @public */
export type ActivityFilter = QueryOf<typeof activityFilterSchema>;

/** @public */
export const activityQuerySchema = z
  .strictObject({
    ...activityFilterSchema.shape,
    ...pageQuery(500),
  })
  .meta({ id: 'ActivityQuery' });

/** @public */
export type ActivityQuery = QueryOf<typeof activityQuerySchema>;

/** @public */
export const activityFileQuerySchema = activityQuerySchema.extend({
  format: oneOf(['json', 'csv', 'jsonl'])
    .describe('In place of the header Accept.')
    .optional(),
});

/** @public */
export const activityExportFormatSchema = oneOf(['csv', 'jsonl']).meta({
  id: 'ActivityExportFormat',
});

/** @public */
export type ActivityExportFormat = z.infer<typeof activityExportFormatSchema>;
