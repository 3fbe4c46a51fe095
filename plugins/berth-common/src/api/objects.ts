import * as z from 'zod';
import {
  boundedText,
  dnsLabel,
  flag,
  identifier,
  labelValue,
  oneOf,
} from './fields';
import { listOf } from './paging';
import { resourceColumnSchema } from './resources';

const MAX_YAML = 1024 * 1024;
const MAX_REPLICAS = 10_000;

/** The schema of YAML. Its messages hold no part of the text, which may be the value of a Secret. */
function yamlText(field: string) {
  return z
    .string()
    .refine(text => text.length <= MAX_YAML, {
      message: `${field} must be at most ${MAX_YAML} characters long`,
      params: { sentence: true },
    })
    .meta({ maxLength: MAX_YAML });
}

/** @public */
export const objectViewSchema = z
  .object({
    object: z
      .record(z.string(), z.unknown())
      .describe(
        'The object as the cluster has it, without `managedFields`. The values of a Secret are empty.',
      ),
    summary: z
      .object({
        columns: z.array(resourceColumnSchema),
        cells: z.array(
          z.union([z.string(), z.number(), z.boolean(), z.null()]),
        ),
      })
      .describe('The row of the object in the list of its kind.')
      .optional(),
    secretKeys: z
      .array(
        z.object({
          key: z.string(),
          bytes: z.number().int().describe('The length of the value.'),
        }),
      )
      .describe('The keys of a Secret.')
      .optional(),
    managers: z
      .array(
        z.object({
          manager: z.string(),
          operation: z.string(),
          time: z.string().optional(),
          ownsReplicas: z.boolean(),
        }),
      )
      .describe('Who changed the object, from `managedFields`.'),
    keptByBerth: z
      .boolean()
      .describe('Whether Berth keeps the object and would undo changes.'),
  })
  .meta({ id: 'ObjectView' });

/** @public */
export type ObjectView = z.infer<typeof objectViewSchema>;

/** @public */
export const objectEventSchema = z
  .object({
    type: z.string().describe('`Normal` or `Warning`.'),
    reason: z.string(),
    message: z.string().describe('Of the last event of the group.'),
    count: z.number().int(),
    firstAt: z.string().optional(),
    lastAt: z.string().optional(),
    source: z.string().optional(),
    kind: z.string().describe('Kind of the object of the event.'),
    name: z.string().describe('Name of the object of the event.'),
  })
  .meta({
    id: 'ObjectEvent',
    description: 'Events with the same reason and object, and similar words.',
  });

/** @public */
export type ObjectEvent = z.infer<typeof objectEventSchema>;

/** @public */
export const objectEventListSchema = listOf(objectEventSchema);

/** @public */
export const relatedObjectSchema = z
  .object({
    relation: z
      .enum([
        'owner',
        'owned',
        'uses',
        'usedBy',
        'selects',
        'selectedBy',
        'scales',
        'scaledBy',
        'routes',
        'routedBy',
        'runsOn',
        'binds',
      ])
      .describe('What the related object is to the object.'),
    group: z.string().describe('`core` for the core group.'),
    plural: z.string(),
    kind: z.string(),
    namespace: z.string().optional(),
    name: z.string(),
    status: z
      .string()
      .describe('A word about its state, if the cluster has one.')
      .optional(),
    missing: z
      .boolean()
      .describe('Whether there is no such object, although it is referred to.')
      .optional(),
  })
  .meta({ id: 'RelatedObject' });

/** @public */
export type RelatedObject = z.infer<typeof relatedObjectSchema>;

/** @public */
export const relatedObjectListSchema = listOf(relatedObjectSchema).extend({
  unreadable: z
    .array(z.string())
    .describe('Kinds that the caller may not list, by plural.'),
});

/** @public */
export type RelatedObjectList = z.infer<typeof relatedObjectListSchema>;

/** @public */
export const rolloutRevisionSchema = z
  .object({
    revision: z.number().int(),
    name: z.string().describe('Of the ReplicaSet or ControllerRevision.'),
    createdAt: z.string().optional(),
    changeCause: z.string().optional(),
    images: z.array(z.string()),
    replicas: z.number().int().optional(),
    current: z.boolean(),
  })
  .meta({ id: 'RolloutRevision' });

/** @public */
export type RolloutRevision = z.infer<typeof rolloutRevisionSchema>;

/** @public */
export const rolloutRevisionListSchema = listOf(rolloutRevisionSchema);

/** @public */
export const revealRequestSchema = z
  .strictObject({
    keys: z
      .array(boundedText(253).min(1, 'must not be empty'))
      .min(1, 'must name a key')
      .max(20, 'must name at most 20 keys'),
  })
  .meta({ id: 'RevealRequest' });

/** @public */
export const revealedSecretSchema = z
  .object({
    values: z.record(
      z.string(),
      z.object({
        text: z
          .string()
          .describe('Absent if the value is not UTF-8.')
          .optional(),
        base64: z.string(),
      }),
    ),
  })
  .meta({ id: 'RevealedSecret' });

/** @public */
export type RevealedSecret = z.infer<typeof revealedSecretSchema>;

const uid = identifier(253).describe(
  'UID of the object that the caller saw. 409 if another one has its name now.',
);

/** @public */
export const objectActionSchema = z
  .discriminatedUnion('action', [
    z.strictObject({
      action: z.literal('scale'),
      uid,
      replicas: z
        .int('must be a whole number')
        .min(0, 'must be at least 0')
        .max(MAX_REPLICAS, `must be at most ${MAX_REPLICAS}`),
    }),
    z.strictObject({ action: z.literal('restart'), uid }),
    z.strictObject({
      action: z.literal('rollBack'),
      uid,
      revision: z.int('must be a whole number').min(1, 'must be at least 1'),
    }),
    z.strictObject({ action: z.literal('pause'), uid, paused: z.boolean() }),
    z.strictObject({
      action: z.literal('suspend'),
      uid,
      suspended: z.boolean(),
    }),
    z.strictObject({ action: z.literal('runNow'), uid }),
    z.strictObject({ action: z.literal('cordon'), uid, cordoned: z.boolean() }),
    z.strictObject({
      action: z.literal('changeMig'),
      uid,
      config: labelValue
        .min(1, 'must not be empty')
        .describe('The MIG configuration to reach.'),
      seen: labelValue
        .describe(
          'The MIG configuration that the caller saw, if the node had one. 409 if it has another one now.',
        )
        .optional(),
      cordon: z
        .boolean()
        .describe('Whether to cordon the node as well.')
        .optional(),
    }),
  ])
  .meta({ id: 'ObjectAction' });

/** @public */
export type ObjectAction = z.infer<typeof objectActionSchema>;

/** @public */
export const objectActionResultSchema = z
  .object({
    created: z
      .object({ group: z.string(), plural: z.string(), name: z.string() })
      .describe('The object that the action made, such as a Job.')
      .optional(),
  })
  .meta({ id: 'ObjectActionResult' });

/** @public */
export type ObjectActionResult = z.infer<typeof objectActionResultSchema>;

/** @public */
export const editObjectRequestSchema = z
  .strictObject({
    uid,
    yaml: yamlText('yaml').describe('The object as the caller wants it.'),
    base: yamlText('base').describe(
      'The object as the caller loaded it. Only what differs between the two is changed.',
    ),
    dryRun: z.boolean().optional(),
  })
  .meta({ id: 'EditObjectRequest' });

/** @public */
export type EditObjectRequest = z.infer<typeof editObjectRequestSchema>;

/** @public */
export const editObjectResultSchema = z
  .object({
    changed: z.boolean().describe('Whether the cluster changed the object.'),
    diff: z
      .string()
      .describe('A unified diff of YAML; empty if nothing changes.'),
    conflicts: z
      .array(
        z.object({
          path: z.string().describe('Such as `spec.replicas`.'),
          base: z.string().optional(),
          theirs: z.string().optional(),
          yours: z.string().optional(),
        }),
      )
      .describe(
        'Fields that both the caller and others changed. With any, nothing is changed.',
      ),
  })
  .meta({ id: 'EditObjectResult' });

/** @public */
export type EditObjectResult = z.infer<typeof editObjectResultSchema>;

/** @public */
export const deleteObjectQuerySchema = z.strictObject({
  namespace: dnsLabel.optional(),
  uid,
  propagation: oneOf(['background', 'foreground', 'orphan'])
    .describe('What happens to owned objects; `background` by default.')
    .optional(),
  dryRun: flag.optional(),
});

/** @public */
export const applyRequestSchema = z
  .strictObject({
    yaml: yamlText('yaml').describe('One or more documents, 100 at most.'),
    namespace: dnsLabel.describe('For documents that name none.').optional(),
    dryRun: z
      .boolean()
      .describe('Asks the cluster, and changes nothing.')
      .optional(),
    force: z
      .array(z.int().min(0))
      .describe('Indexes of the documents that take over fields of others.')
      .max(100, 'must hold at most 100 indexes')
      .optional(),
  })
  .meta({ id: 'ApplyRequest' });

/** @public */
export type ApplyRequest = z.infer<typeof applyRequestSchema>;

/** @public */
export const appliedDocumentSchema = z
  .object({
    index: z.number().int(),
    line: z.number().int().describe('The first line of the document.'),
    group: z.string().optional(),
    plural: z.string().optional(),
    kind: z.string().optional(),
    namespace: z.string().optional(),
    name: z.string().optional(),
    action: z
      .enum(['create', 'change', 'none', 'failed', 'skipped'])
      .describe('`skipped` if a document before failed.'),
    diff: z.string().describe('A unified diff of YAML.').optional(),
    conflicts: z
      .array(
        z.object({
          field: z.string(),
          manager: z.string(),
        }),
      )
      .optional(),
    problem: z.string().optional(),
    warnings: z.array(z.string()).optional(),
  })
  .meta({ id: 'AppliedDocument' });

/** @public */
export type AppliedDocument = z.infer<typeof appliedDocumentSchema>;

/** @public */
export const appliedDocumentListSchema = listOf(appliedDocumentSchema);
