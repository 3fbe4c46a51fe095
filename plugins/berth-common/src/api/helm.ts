import * as z from 'zod';
import {
  boundedText,
  clusterName,
  dnsLabel,
  flag,
  identifier,
  many,
  QueryOf,
  wholeNumber,
} from './fields';
import { listOf, listStartSchema } from './paging';
import { resourceFailureSchema } from './resources';

/** The text in place of a value that the answers of Helm releases hide. @public */
export const HELM_MASK = '••••••';

/** The largest number of a revision. @public */
export const HELM_LAST_REVISION = 999_999_999;
const MAX_PATH = 64;

const revision = wholeNumber(1, HELM_LAST_REVISION);

const revisionNumber = z.number().int();

/** The schema of the name of a release: Helm allows at most 53 characters. @public */
export const helmReleaseName = boundedText(53).regex(
  /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/,
  'must be the name of a Helm release: lowercase letters, digits, "-" and "."',
);

/** @public */
export const helmStatusSchema = z
  .enum([
    'deployed',
    'failed',
    'pending-install',
    'pending-upgrade',
    'pending-rollback',
    'superseded',
    'uninstalling',
    'uninstalled',
    'unknown',
  ])
  .meta({
    id: 'HelmStatus',
    description:
      'The status that Helm stored; `unknown` also for a release that is seen by its objects.',
  });

/** @public */
export type HelmStatus = z.infer<typeof helmStatusSchema>;

const chartShape = {
  name: z.string(),
  version: z.string().describe('Empty if only its objects are known.'),
  appVersion: z.string().optional(),
};

/** @public */
export const helmReleaseSchema = z
  .object({
    cluster: z.string(),
    namespace: z.string(),
    name: z.string(),
    source: z
      .enum(['secret', 'configMap', 'objects'])
      .describe(
        'Where Helm stores the release; `objects` for a release that the caller sees by its objects only.',
      ),
    revision: revisionNumber
      .describe('Absent for a release that is seen by its objects.')
      .optional(),
    status: helmStatusSchema,
    updatedAt: z.string().describe('ISO 8601.').optional(),
    description: z
      .string()
      .describe('What Helm says about the last operation. Plain text.')
      .optional(),
    chart: z
      .object({ ...chartShape, deprecated: z.boolean().optional() })
      .optional(),
    managedBy: z
      .enum(['Flux'])
      .describe('A controller that undoes changes of people.')
      .optional(),
    origin: z
      .object({
        repository: z.string(),
        digest: z
          .string()
          .describe(
            'The first 63 digits of the SHA-256 of the archive of the chart.',
          )
          .optional(),
      })
      .describe(
        'The repository of the portal from which the chart came. Absent if it is not known, as for a chart that another program installed, and while the chart is not known.',
      )
      .optional(),
    labels: z
      .record(z.string(), z.string())
      .describe('Labels of the release, without those that Helm sets.'),
    problem: z
      .string()
      .describe('Why the stored release cannot be read. For people.')
      .optional(),
  })
  .meta({
    id: 'HelmRelease',
    description: 'The latest revision of a release.',
  });

/** @public */
export type HelmRelease = z.infer<typeof helmReleaseSchema>;

/** @public */
export const helmReleaseQuerySchema = z.strictObject({
  cluster: many(clusterName)
    .describe('All clusters that the caller can enter by default.')
    .optional(),
  namespace: many(dnsLabel)
    .describe('All namespaces that the caller holds by default.')
    .optional(),
});

/** @public */
export type HelmReleaseQuery = QueryOf<typeof helmReleaseQuerySchema>;

/** @public */
export const helmReleaseLineSchema = z
  .discriminatedUnion('type', [
    listStartSchema,
    z.object({
      type: z.literal('releases'),
      cluster: z.string(),
      at: z.string().describe('When the cluster answered, ISO 8601.'),
      items: z.array(helmReleaseSchema).describe('At most 500.'),
    }),
    resourceFailureSchema.extend({ type: z.literal('failed') }),
    z.object({
      type: z.literal('done'),
      cluster: z.string(),
      count: z.number().int().describe('The releases of the cluster.'),
    }),
    z.object({ type: z.literal('end') }),
  ])
  .meta({
    id: 'HelmReleaseLine',
    description:
      'One line of the list of releases. A release may come twice: the second time it has its chart and replaces the first. Each cluster ends with `done` or `failed` without a namespace.',
  });

/** @public */
export type HelmReleaseLine = z.infer<typeof helmReleaseLineSchema>;

/** @public */
export const helmRevisionQuerySchema = z.strictObject({
  revision: revision.describe('The latest by default.').optional(),
});

/** @public */
export const helmHookSchema = z
  .object({
    name: z.string(),
    kind: z.string(),
    events: z.array(z.string()).describe('Such as `post-install`.'),
    weight: z.number().int(),
    lastRun: z
      .object({
        phase: z.string().describe('Such as `Succeeded`.'),
        startedAt: z.string().optional(),
        completedAt: z.string().optional(),
      })
      .optional(),
  })
  .meta({ id: 'HelmHook' });

/** @public */
export type HelmHook = z.infer<typeof helmHookSchema>;

/** @public */
export const helmReleaseViewSchema = helmReleaseSchema
  .extend({
    firstDeployedAt: z.string().optional(),
    latestRevision: revisionNumber.optional(),
    notes: z.string().describe('Plain text.').optional(),
    chart: z
      .object({
        ...chartShape,
        deprecated: z.boolean().optional(),
        description: z.string().describe('Plain text.').optional(),
        home: z.string().describe('An http or https address.').optional(),
        sources: z
          .array(z.string())
          .describe('http and https addresses.')
          .optional(),
        kubeVersion: z.string().optional(),
        type: z.string().describe('`application` or `library`.').optional(),
      })
      .optional(),
    hooks: z.array(helmHookSchema),
    applyMethod: z
      .enum(['ssa', 'csa'])
      .describe(
        'How Helm applies the objects: server-side apply or client-side apply. Absent for releases of Helm 3.',
      )
      .optional(),
    unreadable: z
      .string()
      .describe('Why only the objects of the release are known. For people.')
      .optional(),
    roleHelps: z
      .boolean()
      .describe(
        'With `unreadable`: whether a role in the namespace lets the caller read the release.',
      )
      .optional(),
  })
  .meta({ id: 'HelmReleaseView', description: 'One revision of a release.' });

/** @public */
export type HelmReleaseView = z.infer<typeof helmReleaseViewSchema>;

/** @public */
export const helmRevisionSchema = z
  .object({
    revision: revisionNumber,
    status: helmStatusSchema,
    updatedAt: z.string().optional(),
    description: z.string().describe('Plain text.').optional(),
    chart: z.object(chartShape).optional(),
    problem: z
      .string()
      .describe('Why the stored revision cannot be read. For people.')
      .optional(),
  })
  .meta({ id: 'HelmRevision' });

/** @public */
export type HelmRevision = z.infer<typeof helmRevisionSchema>;

/** @public */
export const helmRevisionListSchema = listOf(helmRevisionSchema);

/** @public */
export const helmValuesQuerySchema = helmRevisionQuerySchema.extend({
  all: flag
    .describe('Also the values of the chart that nobody changed.')
    .optional(),
  defaults: flag
    .describe('Only the values of the chart, without the changes of people.')
    .optional(),
});

/** @public */
export const helmValuesSchema = z
  .object({
    yaml: z.string(),
    masked: z
      .array(z.array(z.string()))
      .describe('Paths of the values that are hidden.'),
    schema: z
      .string()
      .describe(
        'The values.schema.json of the chart. Only with `defaults`, and absent if the chart has none or a very long one.',
      )
      .optional(),
  })
  .meta({ id: 'HelmValues' });

/** @public */
export type HelmValues = z.infer<typeof helmValuesSchema>;

const objectShape = {
  apiVersion: z.string(),
  kind: z.string(),
  group: z.string().describe('`core` for the core group.'),
  plural: z
    .string()
    .describe('Absent if the cluster does not have the kind.')
    .optional(),
  namespace: z
    .string()
    .describe('Absent for objects of the whole cluster.')
    .optional(),
  name: z.string(),
};

/** @public */
export const helmManifestObjectSchema = z
  .object({
    ...objectShape,
    hook: z.boolean(),
    yaml: z.string().describe('The values of Secrets are hidden.'),
    maskedKeys: z
      .array(z.string())
      .describe('The keys of a Secret whose values are hidden.')
      .optional(),
  })
  .meta({ id: 'HelmManifestObject' });

/** @public */
export type HelmManifestObject = z.infer<typeof helmManifestObjectSchema>;

/** @public */
export const helmManifestSchema = listOf(helmManifestObjectSchema);

/** @public */
export const helmDiffQuerySchema = z.strictObject({
  from: revision,
  to: revision,
});

/** @public */
export const helmDiffSchema = z
  .object({
    values: z.string().describe('A unified diff; empty if nothing differs.'),
    notes: z.string().describe('A unified diff; empty if nothing differs.'),
    items: z.array(
      z.object({
        kind: z.string(),
        namespace: z.string().optional(),
        name: z.string(),
        change: z.enum(['added', 'removed', 'changed']),
        diff: z
          .string()
          .describe(
            'A unified diff. Hidden values that differ say so, and are not shown.',
          ),
      }),
    ),
  })
  .meta({ id: 'HelmDiff', description: 'What differs between two revisions.' });

/** @public */
export type HelmDiff = z.infer<typeof helmDiffSchema>;

/** @public */
export const helmObjectHealthSchema = z.enum([
  'Healthy',
  'Progressing',
  'Degraded',
  'Missing',
  'Unknown',
  'Forbidden',
]);

/** @public */
export type HelmObjectHealth = z.infer<typeof helmObjectHealthSchema>;

/** @public */
export const helmObjectSchema = z
  .object({
    ...objectShape,
    health: helmObjectHealthSchema,
    message: z.string().describe('Why, for people.').optional(),
  })
  .meta({
    id: 'HelmObject',
    description: 'An object of a release, as the cluster has it now.',
  });

/** @public */
export type HelmObject = z.infer<typeof helmObjectSchema>;

/** @public */
export const helmObjectListSchema = listOf(helmObjectSchema);

/** @public */
export const helmDriftSchema = z
  .object({
    items: z.array(
      z.object({
        kind: z.string(),
        group: z.string().describe('`core` for the core group.'),
        plural: z.string().optional(),
        namespace: z.string().optional(),
        name: z.string(),
        missing: z
          .boolean()
          .describe('Whether the cluster has no such object.'),
        fields: z.array(
          z.object({
            path: z.string().describe('Such as `spec.replicas`.'),
            wanted: z.string().describe('As JSON.').optional(),
            found: z.string().describe('As JSON; absent if unset.').optional(),
          }),
        ),
      }),
    ),
    unreadable: z.array(
      z.object({ kind: z.string(), name: z.string(), message: z.string() }),
    ),
  })
  .meta({
    id: 'HelmDrift',
    description:
      'The fields of the manifest that the cluster has with other values.',
  });

/** @public */
export type HelmDrift = z.infer<typeof helmDriftSchema>;

const revealedRevision = z
  .number()
  .int()
  .min(1)
  .max(HELM_LAST_REVISION)
  .optional();

/** @public */
export const helmRevealRequestSchema = z.union([
  z.strictObject({
    revision: revealedRevision,
    all: z
      .boolean()
      .describe(
        'Whether the path is one of all values, with those of the chart.',
      )
      .optional(),
    value: z
      .array(boundedText(1_000))
      .min(1, 'must hold at least one key')
      .max(MAX_PATH, `must hold at most ${MAX_PATH} keys`)
      .describe('A path of `masked` of the values.'),
  }),
  z.strictObject({
    revision: revealedRevision,
    object: z.strictObject({
      kind: identifier(253),
      namespace: dnsLabel.optional(),
      name: identifier(253),
    }),
    key: identifier(253).describe('A key of the Secret.'),
  }),
]);

/** @public */
export type HelmRevealRequest = z.infer<typeof helmRevealRequestSchema>;

/** @public */
export const helmRevealedSchema = z
  .object({
    value: z
      .string()
      .describe('The text; a value that is no text as JSON or base64.'),
  })
  .meta({ id: 'HelmRevealed' });

/** @public */
export type HelmRevealed = z.infer<typeof helmRevealedSchema>;
