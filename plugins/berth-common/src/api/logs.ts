import * as z from 'zod';
import {
  boundedText,
  dnsLabel,
  flag,
  many,
  pastTime,
  QueryOf,
  wholeNumber,
} from './fields';

const RESUME =
  /^[a-z0-9][a-z0-9.-]{0,252}\/[a-z0-9][a-z0-9-]{0,62}@\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z$/;

/** @public */
export const logQuerySchema = z.strictObject({
  namespace: dnsLabel,
  container: boundedText(63).describe('All containers by default.').optional(),
  previous: flag
    .describe('The log of the containers that ran before.')
    .optional(),
  since: pastTime.describe('Only lines from this time on.').optional(),
  tail: wholeNumber(1, 100_000)
    .describe('The last lines of each container; 500 by default.')
    .optional(),
  follow: flag
    .describe('Continues with new lines, also of new pods of a workload.')
    .optional(),
  resume: many(
    z
      .string()
      .regex(
        RESUME,
        'must be a pod, a container and a time, such as web-0/app@2027-01-31T18:00:00.5Z',
      ),
  )
    .describe(
      'The time of the last line that the caller has of a source. The log of the source continues there, and repeats the lines of that time. With any, a source that is not listed is new and starts with its first line.',
    )
    .optional(),
  download: flag.describe('Answers with the whole log as text.').optional(),
});

/** @public */
export type LogQuery = QueryOf<typeof logQuerySchema>;

/** @public */
export const logLineSchema = z
  .discriminatedUnion('type', [
    z.object({
      type: z.literal('source'),
      id: z
        .number()
        .int()
        .describe(
          'Names the source in later lines. A source that changes is sent again with its `id`.',
        ),
      pod: z.string(),
      container: z.string(),
      kind: z.enum(['container', 'init', 'sidecar', 'ephemeral']),
      restarted: z
        .boolean()
        .describe('Whether the container has a previous log.'),
    }),
    z.object({
      type: z.literal('waiting'),
      id: z.number().int(),
      reason: z
        .string()
        .describe('Why the container does not run, for people.'),
    }),
    z.object({
      type: z.literal('lines'),
      lines: z
        .array(
          z.tuple([
            z.number().int().describe('The `id` of the source.'),
            z
              .string()
              .describe(
                'The time, RFC 3339 in UTC with nine digits of fractions.',
              ),
            z.string().describe('The text, which may contain ANSI codes.'),
          ]),
        )
        .describe('In the order of their times within a batch.'),
    }),
    z.object({
      type: z.literal('failed'),
      id: z.number().int().optional(),
      pod: z.string().optional(),
      container: z.string().optional(),
      message: z.string().describe('For people.'),
    }),
    z.object({
      type: z.literal('ended'),
      id: z.number().int(),
      reason: z
        .string()
        .describe(
          'Why the log of the source has no more lines. While the log is followed, a container that starts again continues its source.',
        )
        .optional(),
    }),
    z.object({
      type: z.literal('end'),
      reason: z
        .enum(['complete', 'token', 'limit'])
        .describe(
          '`token`: ask again from the time of the last line on. `limit`: the answer is as large as it may be.',
        ),
    }),
    z.object({ type: z.literal('heartbeat') }),
  ])
  .meta({ id: 'LogLine', description: 'One line of the answer.' });

/** @public */
export type LogLine = z.infer<typeof logLineSchema>;
