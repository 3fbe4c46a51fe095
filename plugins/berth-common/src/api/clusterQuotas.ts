import * as z from 'zod';
import { boundedText } from './fields';
import { managedNamespaceSchema } from './namespaces';

/** @public */
export const quotaTotalSchema = z
  .object({
    resource: z.string().describe('Such as `cpu`, `memory`, `nvidia.com/gpu`.'),
    allocatable: z
      .string()
      .describe("The sum of the nodes' allocatable, where known.")
      .optional(),
    hard: z.string().describe("The sum of the quotas' bounds."),
    used: z
      .string()
      .describe('The sum of what is in use in namespaces with a quota.'),
  })
  .meta({
    id: 'QuotaTotal',
    description: 'What is promised and used on a cluster, per resource.',
  });

/** @public */
export type QuotaTotal = z.infer<typeof quotaTotalSchema>;

/** @public */
export const clusterQuotasSchema = z
  .object({
    cluster: z.string(),
    totals: z.array(quotaTotalSchema),
    unbounded: z.number().describe('How many namespaces have no quota.'),
    items: z.array(managedNamespaceSchema),
    totalItems: z.number(),
  })
  .meta({ id: 'ClusterQuotas', description: 'The quotas of a cluster.' });

/** @public */
export type ClusterQuotas = z.infer<typeof clusterQuotasSchema>;

/** @public */
export const clusterQuotasQuerySchema = z.strictObject({
  cluster: boundedText(63).min(1, 'must be the name of a cluster'),
});
