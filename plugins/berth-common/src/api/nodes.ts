import * as z from 'zod';
import { clusterName, many, QueryOf } from './fields';
import { resourceFailureSchema } from './resources';

const quantities = z.record(z.string(), z.string());

/** @public */
export const nodeListQuerySchema = z.strictObject({
  cluster: many(clusterName)
    .describe('All clusters that the caller can enter by default.')
    .optional(),
});

/** @public */
export type NodeListQuery = QueryOf<typeof nodeListQuerySchema>;

/** @public */
export const clusterNodeSchema = z
  .object({
    name: z.string(),
    uid: z.string().optional(),
    createdAt: z.string().describe('ISO 8601.').optional(),
    ready: z.boolean(),
    cordoned: z
      .boolean()
      .describe('Whether the scheduler leaves the node out.'),
    conditions: z.array(
      z.object({
        type: z.string(),
        status: z.string().describe('`True`, `False` or `Unknown`.'),
        reason: z.string().optional(),
        message: z.string().optional(),
        since: z.string().optional(),
      }),
    ),
    roles: z
      .array(z.string())
      .describe('From labels `node-role.kubernetes.io/`.'),
    version: z.string().describe('Of the kubelet.').optional(),
    architecture: z.string().optional(),
    taints: z.array(
      z.object({
        key: z.string(),
        value: z.string().optional(),
        effect: z.string(),
      }),
    ),
    capacity: quantities.describe('By resource, such as `cpu`.'),
    allocatable: quantities.describe('What pods can ask for, by resource.'),
    gpu: z
      .object({
        advertised: z
          .number()
          .describe('Units that the node offers, including parts and shares.'),
        physical: z
          .number()
          .describe('Absent if the labels of the node do not tell.')
          .optional(),
        product: z.string().optional(),
        memory: z
          .string()
          .describe('MiB of each GPU, as the label has it.')
          .optional(),
        sharingStrategy: z.string().optional(),
        replicas: z.string().describe('Shares of each GPU.').optional(),
        migStrategy: z.string().optional(),
        migConfig: z.string().describe('The MIG layout to reach.').optional(),
        migConfigState: z
          .string()
          .describe('`success`, `pending`, `failed` or another state.')
          .optional(),
        devicePluginConfig: z.string().optional(),
      })
      .describe('Only of nodes with NVIDIA GPUs.')
      .optional(),
  })
  .meta({ id: 'ClusterNode', description: 'A node of a cluster.' });

/** @public */
export type ClusterNode = z.infer<typeof clusterNodeSchema>;

/** @public */
export const nodeListLineSchema = z
  .discriminatedUnion('type', [
    z.object({
      type: z.literal('start'),
      clusters: z.array(z.object({ name: z.string() })),
    }),
    z.object({
      type: z.literal('nodes'),
      cluster: z.string(),
      at: z.string().describe('When the cluster answered, ISO 8601.'),
      nodes: z.array(clusterNodeSchema),
    }),
    z.object({
      type: z.literal('requested'),
      cluster: z.string(),
      requested: z
        .record(z.string(), quantities)
        .describe(
          'What the pods on each node ask for, by node and resource; `pods` is their number.',
        ),
    }),
    resourceFailureSchema.extend({ type: z.literal('failed') }),
    z.object({
      type: z.literal('done'),
      cluster: z.string(),
      count: z.number().int().describe('The nodes of the cluster.'),
    }),
    z.object({ type: z.literal('end') }),
  ])
  .meta({
    id: 'NodeListLine',
    description:
      'One line of a list of nodes. `requested` follows the nodes of a cluster if the caller may list its pods.',
  });

/** @public */
export type NodeListLine = z.infer<typeof nodeListLineSchema>;

/** @public */
export const nodeMigSchema = z
  .object({
    uid: z.string(),
    capable: z
      .boolean()
      .describe('Whether a label says that GPUs of the node can be divided.'),
    cordoned: z.boolean(),
    config: z.string().describe('The MIG configuration to reach.').optional(),
    state: z
      .string()
      .describe('`success`, `pending`, `failed` or another state.')
      .optional(),
    configurations: z
      .array(
        z.object({
          name: z.string(),
          layouts: z
            .array(z.string())
            .describe(
              'How it divides GPUs, such as `1g.5gb × 7`; empty for MIG off. Several, if GPUs differ.',
            ),
        }),
      )
      .describe(
        'What the MIG manager of the GPU operator offers. Absent if the caller cannot read it.',
      )
      .optional(),
    configurationsProblem: z
      .string()
      .describe('Why the configurations are absent.')
      .optional(),
    pods: z
      .array(
        z.object({
          namespace: z.string(),
          name: z.string(),
          owner: z
            .object({ kind: z.string(), name: z.string() })
            .describe('The controller, which creates the pod again.')
            .optional(),
          resources: quantities.describe('GPUs and parts of GPUs.'),
        }),
      )
      .describe(
        'The pods on the node that use GPUs, and must end before the layout can change. Absent if the caller cannot list pods.',
      )
      .optional(),
    podsProblem: z.string().describe('Why the pods are absent.').optional(),
  })
  .meta({
    id: 'NodeMig',
    description: 'How the GPUs of a node are divided with NVIDIA MIG.',
  });

/** @public */
export type NodeMig = z.infer<typeof nodeMigSchema>;
