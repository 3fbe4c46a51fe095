import * as z from 'zod';
import { nodePlacementSchema, tolerationSchema } from './clusters';
import {
  boundedText,
  dnsLabel,
  entries,
  labelValue,
  oneOf,
  quantities,
  quantity,
} from './fields';
import { reconcileStateSchema } from './grants';
import { isDnsSubdomain } from '../kubernetesNames';

/** @public */
export const quotaLimitsSchema = z
  .strictObject({
    type: oneOf(['Container', 'Pod', 'PersistentVolumeClaim']),
    max: quantities.optional(),
    min: quantities.optional(),
    default: quantities
      .describe('Limits of containers that name none; only for `Container`.')
      .optional(),
    defaultRequest: quantities
      .describe('Requests of containers that name none; only for `Container`.')
      .optional(),
  })
  .meta({
    id: 'QuotaLimits',
    description:
      "The default requests and limits of containers, and their bounds, of one LimitRange item. Values are quantities by resource name, such as `{cpu: '500m'}`.",
    externalDocs: {
      url: 'https://kubernetes.io/docs/concepts/policy/limit-range/',
    },
  });

/** @public */
export type QuotaLimits = z.infer<typeof quotaLimitsSchema>;

/** @public */
export const setQuotaRequestSchema = z
  .strictObject({
    sizeClass: z
      .string()
      .describe(
        'A preset of `berth.sizeClasses`, in place of `hard` and `limits`.',
      )
      .optional(),
    hard: quantities
      .describe(
        "Quantities by resource name, such as `{'requests.cpu': '4', 'requests.nvidia.com/gpu': '1'}`.",
      )
      .optional(),
    limits: z
      .array(quotaLimitsSchema)
      .max(3, 'must hold each type once at most')
      .optional(),
    priorityClasses: z
      .array(
        z
          .string()
          .refine(isDnsSubdomain, 'must be the name of a PriorityClass'),
      )
      .max(20, 'must hold at most 20 names')
      .describe('Counts only pods of these PriorityClasses.')
      .optional(),
  })
  .meta({
    id: 'SetQuotaRequest',
    description: 'What a namespace may use.',
    externalDocs: {
      url: 'https://kubernetes.io/docs/concepts/policy/resource-quotas/',
    },
  });

/** @public */
export type SetQuotaRequest = z.infer<typeof setQuotaRequestSchema>;

/** @public */
export const namespaceQuotaSchema = reconcileStateSchema
  .extend({
    sizeClass: z.string().optional(),
    hard: z
      .record(z.string(), z.string())
      .describe('Canonical quantities by resource name.'),
    limits: z.array(quotaLimitsSchema),
    priorityClasses: z.array(z.string()),
    placement: nodePlacementSchema
      .describe('The nodes of the size class, for the pods of the namespace.')
      .optional(),
    used: z
      .record(z.string(), z.string())
      .describe(
        'What the cluster says is in use, by resource name; absent until it was observed.',
      )
      .optional(),
    observedAt: z.string().describe('ISO 8601 time of `used`.').optional(),
    etag: z
      .string()
      .describe(
        'With it as `If-Match`, a change is refused (412) if someone else has changed the quota since.',
      ),
  })
  .meta({
    id: 'NamespaceQuota',
    description: 'The ResourceQuota and LimitRange of a namespace.',
  });

/** @public */
export type NamespaceQuota = z.infer<typeof namespaceQuotaSchema>;

/** @public */
export const quotaExcessSchema = z
  .object({
    resource: z.string(),
    used: z.string(),
    hard: z.string(),
  })
  .meta({ id: 'QuotaExcess' });

/** @public */
export type QuotaExcess = z.infer<typeof quotaExcessSchema>;

/** @public */
export const setQuotaResponseSchema = namespaceQuotaSchema
  .extend({
    exceeded: z
      .array(quotaExcessSchema)
      .describe(
        'What is in use above the new bounds already, such as `requests.cpu: 6 used, 4 allowed`.',
      ),
  })
  .meta({
    id: 'SetQuotaResponse',
    description: 'The answer to a change of a quota.',
  });

/** @public */
export type SetQuotaResponse = z.infer<typeof setQuotaResponseSchema>;

/** A toleration of one taint, as a policy can compare it: with a key, an effect, and a value or `Exists`. */
const poolTolerationSchema = tolerationSchema
  .refine(({ key }) => key !== undefined, 'must hold a key')
  .refine(({ effect }) => effect !== undefined, 'must hold an effect')
  .refine(
    ({ value, operator }) => Boolean(value) || operator === 'Exists',
    'must hold a value, or the operator "Exists"',
  )
  .refine(
    ({ tolerationSeconds }) => tolerationSeconds === undefined,
    'must hold no tolerationSeconds',
  );

/** @public */
export const sizeClassSchema = z
  .object({
    name: dnsLabel,
    title: boundedText(200).optional(),
    description: boundedText(1000).optional(),
    hard: quantities,
    limits: z.array(quotaLimitsSchema),
    maxStorage: quantity
      .describe('The largest volume claim. `limits` contains it, too.')
      .optional(),
    defaultStorage: quantity
      .describe(
        'The size of a volume claim that forms suggest. Kubernetes has no default for it.',
      )
      .optional(),
    default: z
      .boolean()
      .describe('Whether forms choose this size class first.')
      .optional(),
    nodeSelector: entries(labelValue)
      .describe('Labels of the nodes for the pods of the namespace.')
      .optional(),
    tolerations: z
      .array(poolTolerationSchema)
      .max(16, 'must hold at most 16 tolerations')
      .describe('Taints that the pods of the namespace tolerate.')
      .optional(),
  })
  .meta({
    id: 'SizeClass',
    description: 'A preset for quotas, from `berth.sizeClasses`.',
  });

/** @public */
export type SizeClass = z.infer<typeof sizeClassSchema>;
