import * as z from 'zod';
import {
  boundedText,
  clusterName,
  dnsLabel,
  lineOfText,
  many,
  oneOf,
  QueryOf,
  wholeNumber,
} from './fields';
import { chartName, chartRepositoryName, chartVersion } from './charts';
import { HELM_LAST_REVISION, helmDiffSchema, helmReleaseName } from './helm';
import { pageOf, pageQuery } from './paging';

/** The characters of the values of an upgrade. @public */
export const HELM_MAX_VALUES = 500_000;

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

const MAX_DIGEST = 128;

const revision = z
  .number()
  .int()
  .min(1, 'must be at least 1')
  .max(HELM_LAST_REVISION, `must be at most ${HELM_LAST_REVISION}`);

/** @public */
export const helmOperationKindSchema = oneOf([
  'install',
  'upgrade',
  'rollback',
  'uninstall',
  'test',
]);

/** What an operation does to a release. @public */
export type HelmOperationKind = z.infer<typeof helmOperationKindSchema>;

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
export const helmOperationOptionsSchema = z
  .strictObject({
    rollbackOnFailure: z
      .boolean()
      .describe(
        'Lets helm wait until the objects are ready, and roll back if they are not; an `install` is then uninstalled. Only for `install` and `upgrade`.',
      )
      .optional(),
    noHooks: z.boolean().describe('Runs no hooks. Not for `test`.').optional(),
    forceConflicts: z
      .boolean()
      .describe(
        'Takes over fields that others manage. Only where Helm applies the release by server-side apply.',
      )
      .optional(),
    skipCrds: z
      .boolean()
      .describe(
        'Leaves out the custom resource definitions in the folder `crds` of the chart. Only for `install`.',
      )
      .optional(),
    description: lineOfText(200)
      .describe('What the history of the release says.')
      .optional(),
  })
  .meta({ id: 'HelmOperationOptions' });

/** @public */
export type HelmOperationOptions = z.infer<typeof helmOperationOptionsSchema>;

const placeShape = {
  cluster: clusterName,
  namespace: dnsLabel,
  release: helmReleaseName,
  options: helmOperationOptionsSchema
    .describe('They do not change the digest of a preview.')
    .optional(),
};

const requestShape = {
  ...placeShape,
  baseRevision: revision.describe(
    'The latest revision that the caller has seen.',
  ),
};

/** @public */
export const helmChartReferenceSchema = z
  .strictObject({
    repository: chartRepositoryName,
    name: chartName,
    version: chartVersion,
  })
  .meta({
    id: 'HelmChartReference',
    description: 'A version of a chart of a repository of the portal.',
  });

/** A version of a chart of a repository of the portal. @public */
export type HelmChartReference = z.infer<typeof helmChartReferenceSchema>;

/** @public */
export const helmCopySchema = z
  .strictObject({
    cluster: clusterName,
    namespace: dnsLabel,
    release: helmReleaseName,
    revision,
    hiddenValues: z
      .boolean()
      .describe(
        'Takes each hidden value of the values from this release: `values` has the text of hidden values at the same path. Takes the permission `berth.helm.reveal`.',
      )
      .optional(),
  })
  .meta({
    id: 'HelmCopy',
    description:
      'The release of which another one becomes a copy. The chart must have the same name, version and digest.',
  });

/** The release of which another one becomes a copy. @public */
export type HelmCopy = z.infer<typeof helmCopySchema>;

const copyOf = helmCopySchema
  .describe('The release of which this one becomes a copy.')
  .optional();

const allValues = boundedText(HELM_MAX_VALUES).describe(
  'All values that differ from those of the chart, as YAML. They replace the former ones.',
);

const applyShape = {
  previewDigest: boundedText(MAX_DIGEST)
    .min(1, 'must not be empty')
    .describe('`digest` of the preview that the caller has seen.'),
};

const requestSchemas = [
  z.strictObject({
    kind: z.literal('install'),
    ...placeShape,
    chart: helmChartReferenceSchema,
    values: allValues,
    copyOf,
  }),
  z.strictObject({
    kind: z.literal('upgrade'),
    ...requestShape,
    chart: helmChartReferenceSchema
      .describe(
        'By default, the chart stays the one that Helm stored with the release.',
      )
      .optional(),
    values: allValues,
    copyOf,
  }),
  z.strictObject({
    kind: z.literal('rollback'),
    ...requestShape,
    revision: revision.describe('The revision whose content comes back.'),
  }),
  z.strictObject({
    kind: z.literal('uninstall'),
    ...requestShape,
    keepHistory: z
      .boolean()
      .describe('Keeps the revisions, so that a rollback can undo it.'),
  }),
  z.strictObject({ kind: z.literal('test'), ...requestShape }),
] as const;

const [install, upgrade, rollback, uninstall, test] = requestSchemas;

/** @public */
export const helmRequestSchema = z
  .discriminatedUnion('kind', requestSchemas)
  .meta({ id: 'HelmRequest' });

/** What a person asks for: an operation on a release. @public */
export type HelmRequest = z.infer<typeof helmRequestSchema>;

/** @public */
export const helmOperationRequestSchema = z
  .discriminatedUnion('kind', [
    install.extend(applyShape),
    upgrade.extend(applyShape),
    rollback.extend(applyShape),
    uninstall.extend(applyShape),
    test.extend(applyShape),
  ])
  .meta({ id: 'HelmOperationRequest' });

/** @public */
export type HelmOperationRequest = z.infer<typeof helmOperationRequestSchema>;

const objectShape = {
  kind: z.string(),
  namespace: z
    .string()
    .describe('Absent for objects of the whole cluster.')
    .optional(),
  name: z.string(),
};

/** @public */
export const helmPromotionSourceSchema = z
  .object({
    cluster: z.string(),
    namespace: z.string(),
    release: z.string(),
    revision: z.number().int(),
  })
  .meta({
    id: 'HelmPromotionSource',
    description: 'A release that a promotion rule accepts.',
  });

/** A release that a promotion rule accepts. @public */
export type HelmPromotionSource = z.infer<typeof helmPromotionSourceSchema>;

/** @public */
export const helmPreviewSchema = z
  .object({
    digest: z
      .string()
      .describe(
        'Names what was previewed. An operation must have the digest of its preview.',
      ),
    changes: helmDiffSchema
      .describe(
        'What differs from the latest revision; for an `install`, all objects. Absent for `uninstall` and `test`.',
      )
      .optional(),
    defaults: z
      .array(
        z.object({
          path: z.string().describe('Such as `image.tag`.'),
          change: oneOf(['Added', 'Changed', 'Removed']),
          yours: z
            .boolean()
            .describe('Whether the values of the release set it, too.'),
          before: z.string().describe('As JSON, shortened.').optional(),
          after: z.string().describe('As JSON, shortened.').optional(),
        }),
      )
      .describe(
        'How the values of the chart differ between the chart of the release and the new one. Values that the release sets stay as they are.',
      )
      .optional(),
    goes: z
      .array(z.object({ ...objectShape, reason: z.string().optional() }))
      .describe('The objects that an `uninstall` deletes.')
      .optional(),
    remains: z
      .array(
        z.object({
          ...objectShape,
          reason: z.string().describe('For people.').optional(),
        }),
      )
      .describe('The objects that an `uninstall` leaves on the cluster.')
      .optional(),
    hooks: z
      .array(z.object(objectShape))
      .describe('The objects of the hooks that run, such as those of a `test`.')
      .optional(),
    rights: z.array(
      z.object({
        verb: z.string(),
        group: z.string().describe('Empty for the core group.'),
        resource: z.string(),
        namespace: z
          .string()
          .describe('Absent for resources of the whole cluster.')
          .optional(),
        names: z.array(z.string()),
        allowed: z.boolean(),
        help: z
          .string()
          .describe('Who can help, if it is not allowed. For people.')
          .optional(),
      }),
    ),
    conflicts: z
      .array(
        z.object({
          object: z.string().describe('Such as `Deployment web`.'),
          field: z.string().describe('Such as `spec.replicas`.'),
          manager: z.string().describe('Who manages the field.'),
        }),
      )
      .describe('Fields that others manage.'),
    chartDigest: z
      .string()
      .describe(
        'The SHA-256 of the archive of the chart, for a chart of a repository.',
      )
      .optional(),
    sameChart: oneOf(['Same', 'Different', 'Unknown'])
      .describe(
        'For `copyOf`: whether the chart has the digest that the portal recorded for the other release. `Unknown` if it recorded none.',
      )
      .optional(),
    promotedFrom: z
      .array(helmPromotionSourceSchema)
      .describe(
        'The releases by which the promotion rules of the portal let the chart through; one for each rule.',
      )
      .optional(),
    warnings: z.array(z.string()).describe('For people.'),
    refusals: z
      .array(z.string())
      .describe('Why the operation is not possible. For people.'),
    problems: z
      .array(
        z.object({
          path: z
            .string()
            .describe('Such as `image.tag`; empty for all values.'),
          message: z.string().describe('For people.'),
        }),
      )
      .describe(
        'The values that the schema of the chart does not allow. `refusals` has them, too.',
      )
      .optional(),
  })
  .meta({
    id: 'HelmPreview',
    description: 'What an operation would do. It changed nothing.',
  });

/** @public */
export type HelmPreview = z.infer<typeof helmPreviewSchema>;

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
    revision: revision.describe('The pending revision.'),
  })
  .meta({ id: 'HelmUnlockRequest' });

/** @public */
export type HelmUnlockRequest = z.infer<typeof helmUnlockRequestSchema>;

/** Returns whether an operation has not ended. @public */
export function isHelmOperationLive(state: HelmOperationState): boolean {
  return state === 'Queued' || state === 'Running' || state === 'Observing';
}
