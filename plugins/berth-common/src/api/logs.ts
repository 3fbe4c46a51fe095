import * as z from 'zod';
import {
  boundedText,
  dnsLabel,
  flag,
  pastTime,
  QueryOf,
  wholeNumber,
} from './fields';

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
  download: flag.describe('Answers with the whole log as text.').optional(),
});

/** @public */
export type LogQuery = QueryOf<typeof logQuerySchema>;

/** @public */
export const logLineSchema = z
  .discriminatedUnion('type', [
    z.object({
      type: z.literal('source'),
      id: z.number().int().describe('Names the source in later lines.'),
      pod: z.string(),
      container: z.string(),
      restarted: z
        .boolean()
        .describe('Whether the container has a previous log.'),
    }),
    z.object({
      type: z.literal('lines'),
      lines: z
        .array(
          z.tuple([
            z.number().int().describe('The `id` of the source.'),
            z.string().describe('The time, RFC 3339 with nanoseconds.'),
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
        .describe('Why the log of the source has no more lines.')
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
