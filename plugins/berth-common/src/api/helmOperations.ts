import * as z from 'zod';
import {
  clusterName,
  dnsLabel,
  many,
  oneOf,
  QueryOf,
  wholeNumber,
} from './fields';
import { HELM_LAST_REVISION, helmReleaseName } from './helm';
import {
  helmOperationKindSchema,
  helmOperationOptionsSchema,
} from './helmRequests';
import { helmRevisionNumber } from './helmRevision';
import { pageOf, pageQuery } from './paging';

/** The lines that Berth keeps of an operation. @public */
export const HELM_MAX_LINES = 2_000;

/** The characters of one line of an operation. @public */
export const HELM_MAX_LINE = 500;

/**
 * How long helm may run, and how long an operation then waits for objects, where the configuration of the portal does not
 * differ.
 *
 * @public
 */
export const HELM_USUAL_MINUTES = { run: 15, ready: 5 } as const;

/** @public */
export const helmStatusAnswerSchema = z
  .object({
    writable: z
      .boolean()
      .describe('Whether the portal can change Helm releases.'),
    reason: z
      .string()
      .describe('Why it cannot, and what to set. For people.')
      .optional(),
    version: z.string().describe('The version of helm.').optional(),
    sandbox: z
      .string()
      .describe('The limits under which helm runs. For people.')
      .optional(),
  })
  .meta({ id: 'HelmWriting' });

/** @public */
export type HelmWriting = z.infer<typeof helmStatusAnswerSchema>;

/** @public */
export const helmOperationStateSchema = oneOf([
  'Queued',
  'Running',
  'Observing',
  'Succeeded',
  'Failed',
  'Cancelled',
  'Interrupted',
]).meta({
  id: 'HelmOperationState',
  description: `The state of an operation.

- \`Queued\`: waits for its turn
- \`Running\`: helm changes the cluster
- \`Observing\`: helm has ended, and Berth reads the release and waits until its objects are ready
- \`Succeeded\`, \`Failed\`: the release says so
- \`Cancelled\`: a person cancelled it
- \`Interrupted\`: the portal stopped or the person lost the right while it ran`,
});

/** @public */
export type HelmOperationState = z.infer<typeof helmOperationStateSchema>;

/** @public */
export const helmOperationSchema = z
  .object({
    id: z.string().describe('ULID, made by the caller.'),
    kind: helmOperationKindSchema,
    cluster: z.string(),
    namespace: z.string(),
    release: z.string(),
    baseRevision: z
      .number()
      .int()
      .describe(
        'The latest revision before the operation; 0 for an `install`.',
      ),
    targetRevision: z
      .number()
      .int()
      .describe('The revision that a `rollback` brings back.')
      .optional(),
    revision: z
      .number()
      .int()
      .describe(
        'The revision that the operation made. Known once the objects are awaited.',
      )
      .optional(),
    state: helmOperationStateSchema,
    cancelling: z
      .boolean()
      .describe('Whether a person has cancelled it and helm still ends.')
      .optional(),
    waiting: z
      .boolean()
      .describe(
        'Whether Berth only waits until the objects are ready. Other operations may change the release meanwhile.',
      )
      .optional(),
    message: z.string().describe('For people.').optional(),
    advice: z.string().describe('What to do next. For people.').optional(),
    startedBy: z.string().describe('Entity ref.'),
    mine: z.boolean().describe('Whether the caller started it.'),
    createdAt: z.string().describe('ISO 8601.'),
    startedAt: z.string().describe('ISO 8601.').optional(),
    endedAt: z.string().describe('ISO 8601.').optional(),
    chart: z
      .object({
        repository: z
          .string()
          .describe('Absent if the chart is the one that the release had.')
          .optional(),
        name: z.string(),
        version: z.string(),
      })
      .optional(),
    options: helmOperationOptionsSchema,
  })
  .meta({ id: 'HelmOperation' });

/** @public */
export type HelmOperation = z.infer<typeof helmOperationSchema>;

/** @public */
export const helmOperationPageSchema = pageOf(helmOperationSchema);

/** @public */
export const helmOperationQuerySchema = z.strictObject({
  cluster: many(clusterName).optional(),
  namespace: many(dnsLabel).optional(),
  release: helmReleaseName.optional(),
  state: many(helmOperationStateSchema).optional(),
  ...pageQuery(200),
});

/** @public */
export type HelmOperationQuery = QueryOf<typeof helmOperationQuerySchema>;

/** @public */
export const helmOperationLineSchema = z
  .object({
    seq: z.number().int().describe('Lines are ordered by it, from 1.'),
    at: z.string().describe('ISO 8601.'),
    level: oneOf(['Info', 'Change', 'Warning', 'Error', 'Output']).describe(
      '`Change`: a write on the cluster. `Output`: a line that helm wrote, only for the person who started the operation.',
    ),
    text: z.string().describe('Plain text.'),
  })
  .meta({ id: 'HelmOperationLine' });

/** @public */
export type HelmOperationLine = z.infer<typeof helmOperationLineSchema>;

/** @public */
export const helmOperationLineQuerySchema = z.strictObject({
  after: wholeNumber(0, HELM_LAST_REVISION)
    .describe('Only lines with a larger `seq`.')
    .optional(),
});

/** @public */
export const helmOperationLinesSchema = z
  .object({
    items: z.array(helmOperationLineSchema).describe('At most 500.'),
    next: z
      .number()
      .int()
      .describe(
        'The `after` of the next call; absent if the operation has ended and there are no more lines.',
      )
      .optional(),
  })
  .meta({ id: 'HelmOperationLines' });

/** @public */
export type HelmOperationLines = z.infer<typeof helmOperationLinesSchema>;

/** @public */
export const helmUnlockRequestSchema = z
  .strictObject({
    revision: helmRevisionNumber.describe('The pending revision.'),
  })
  .meta({ id: 'HelmUnlockRequest' });

/** @public */
export type HelmUnlockRequest = z.infer<typeof helmUnlockRequestSchema>;

/** Returns whether an operation has not ended. @public */
export function isHelmOperationLive(state: HelmOperationState): boolean {
  return state === 'Queued' || state === 'Running' || state === 'Observing';
}
