import * as z from 'zod';
import {
  boundedText,
  clusterName,
  dnsLabel,
  many,
  QueryOf,
  wholeNumber,
} from './fields';
import { listOf, listStartSchema } from './paging';

/** How long a cluster may take until its first row, in milliseconds. @public */
export const RESOURCE_DEADLINE = 8_000;

const GROUP_RULE =
  'must be an API group, such as apps or networking.k8s.io; core for the core group';

/** The schema of an API group in a path: `core` stands for the core group, which has no name. @public */
export const apiGroup = boundedText(253).regex(
  /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/,
  GROUP_RULE,
);

/** The schema of the plural of a kind in a path. @public */
export const resourcePlural = boundedText(63).regex(
  /^[a-z][a-z0-9-]*$/,
  'must be the plural of a kind, such as deployments',
);

const labelSelector = boundedText(2_000).describe(
  'A Kubernetes label selector, such as `app=shop,tier!=cache`.',
);

/** @public */
export const resourceKindSchema = z
  .object({
    group: z.string().describe('`core` for the core group.'),
    version: z.string().describe('The version that the cluster prefers.'),
    kind: z.string(),
    plural: z.string(),
    shortNames: z.array(z.string()),
    namespaced: z.boolean(),
    verbs: z
      .array(z.string())
      .describe('What the API of the kind offers, such as `list`.'),
    custom: z
      .boolean()
      .describe('Whether Kubernetes itself does not define the kind.'),
    clusters: z
      .array(z.string())
      .describe('Names of the clusters that have the kind.'),
  })
  .meta({
    id: 'ResourceKind',
    description: 'A kind of objects, found by discovery.',
  });

/** @public */
export type ResourceKind = z.infer<typeof resourceKindSchema>;

/** @public */
export const resourceFailureSchema = z
  .object({
    cluster: z.string(),
    namespace: z
      .string()
      .describe('Absent if the whole cluster failed.')
      .optional(),
    cause: z.enum([
      'Forbidden',
      'Unreachable',
      'Timeout',
      'NotFound',
      'Expired',
      'TooLarge',
      'Unsupported',
      'Failed',
    ]),
    message: z.string().describe('For people.'),
  })
  .meta({
    id: 'ResourceFailure',
    description: 'A part of a list that is missing, and why.',
  });

/** @public */
export type ResourceFailure = z.infer<typeof resourceFailureSchema>;

/** @public */
export const resourceKindListSchema = listOf(resourceKindSchema).extend({
  failures: z.array(resourceFailureSchema),
});

/** @public */
export type ResourceKindList = z.infer<typeof resourceKindListSchema>;

/** @public */
export const resourceKindsQuerySchema = z.strictObject({
  cluster: many(clusterName).optional(),
});

/** @public */
export type ResourceKindsQuery = QueryOf<typeof resourceKindsQuerySchema>;

/** @public */
export const resourceListQuerySchema = z.strictObject({
  cluster: many(clusterName)
    .describe('All clusters that the caller can enter by default.')
    .optional(),
  namespace: many(dnsLabel)
    .describe('All namespaces that the caller holds by default.')
    .optional(),
  labelSelector: labelSelector.optional(),
  limit: wholeNumber(1, 5_000)
    .describe('The most rows of one cluster; 5000 by default.')
    .optional(),
  cursor: boundedText(4_000)
    .describe(
      '`more` of a cluster, with the same kind, selector and cluster; the list then continues with that cluster only.',
    )
    .optional(),
});

/** @public */
export type ResourceListQuery = QueryOf<typeof resourceListQuerySchema>;

/** @public */
export const resourceColumnSchema = z
  .object({
    name: z.string(),
    type: z
      .string()
      .describe('`string`, `integer`, `number`, `boolean` or `date`.'),
    format: z
      .string()
      .describe('`name` for the name of the object.')
      .optional(),
    priority: z
      .number()
      .int()
      .describe('0 for the columns that are shown first.'),
    description: z.string().optional(),
  })
  .meta({
    id: 'ResourceColumn',
    description: 'A column of the Table API of Kubernetes.',
  });

/** @public */
export type ResourceColumn = z.infer<typeof resourceColumnSchema>;

/** @public */
export const resourceRowSchema = z
  .object({
    cells: z
      .array(z.union([z.string(), z.number(), z.boolean(), z.null()]))
      .describe('One for each column of the cluster.'),
    name: z.string(),
    namespace: z
      .string()
      .describe('Only if the line has no namespace and the kind has.')
      .optional(),
    createdAt: z
      .string()
      .describe('ISO 8601. Only in lists of whole clusters.')
      .optional(),
  })
  .meta({ id: 'ResourceRow' });

/** @public */
export type ResourceRow = z.infer<typeof resourceRowSchema>;

/** @public */
export const resourceListLineSchema = z
  .discriminatedUnion('type', [
    listStartSchema,
    z.object({
      type: z.literal('columns'),
      cluster: z.string(),
      columns: z.array(resourceColumnSchema),
    }),
    z.object({
      type: z.literal('rows'),
      cluster: z.string(),
      namespace: z.string().optional(),
      at: z.string().describe('When the cluster answered, ISO 8601.'),
      rows: z.array(resourceRowSchema).describe('At most 500.'),
    }),
    resourceFailureSchema.extend({ type: z.literal('failed') }),
    z.object({
      type: z.literal('done'),
      cluster: z.string(),
      count: z.number().int().describe('The rows of the cluster.'),
      more: z
        .string()
        .describe('The `cursor` of the rows that are left.')
        .optional(),
    }),
    z.object({ type: z.literal('end') }),
  ])
  .meta({
    id: 'ResourceListLine',
    description:
      'One line of a list. The first line names the clusters that are asked. The columns of a cluster come before its rows; each cluster ends with `done` or `failed` without a namespace.',
  });

/** @public */
export type ResourceListLine = z.infer<typeof resourceListLineSchema>;

/** @public */
export const abilitiesQuerySchema = z.strictObject({
  namespace: dnsLabel.optional(),
});

/** @public */
export const abilityRuleSchema = z.object({
  groups: z.array(z.string()).describe('API groups; empty for the core group.'),
  resources: z
    .array(z.string())
    .describe('Plurals, with subresources as `pods/log`; `*` for all.'),
  names: z.array(z.string()).describe('Empty for all names.'),
  verbs: z.array(z.string()),
});

/** @public */
export const abilitiesSchema = z
  .object({
    rules: z.array(abilityRuleSchema),
    incomplete: z
      .boolean()
      .describe('Whether the cluster cannot say everything.'),
    canWrite: z
      .boolean()
      .describe(
        'Whether the policy of the portal lets the caller change objects.',
      ),
  })
  .meta({
    id: 'Abilities',
    description:
      'What the caller may do in a namespace, by a SelfSubjectRulesReview.',
  });

/** @public */
export type Abilities = z.infer<typeof abilitiesSchema>;

/** Path parameters of one object. @public */
export interface ObjectAddress {
  cluster: string;
  /** `core` for the core group. */
  group: string;
  plural: string;
  /** Absent for objects of the whole cluster. */
  namespace?: string;
  name: string;
}

/** @public */
export const objectQuerySchema = z.strictObject({
  namespace: dnsLabel.optional(),
});

/** The schema of the name of an object in a path. RBAC allows names that others do not, such as `system:node`. @public */
export const pathObjectName = boundedText(253).regex(
  /^[A-Za-z0-9]([A-Za-z0-9._:-]*[A-Za-z0-9])?$/,
  'must be the name of a Kubernetes object',
);
