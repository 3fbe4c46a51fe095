import * as z from 'zod';
import { clusterLinkSchema } from './clusters';
import { namespacePhaseSchema } from './namespaces';
import { pageQuery } from './paging';

/** @public */
export const directoryGroupSchema = z
  .object({
    group: z.string(),
    uid: z
      .string()
      .describe("The entity's `metadata.uid`; undefined matches any.")
      .optional(),
  })
  .meta({
    id: 'DirectoryGroup',
    description:
      'A group, and which one: a group that was deleted and made again in the catalog is another.',
  });

/** @public */
export type DirectoryGroup = z.infer<typeof directoryGroupSchema>;

/** @public */
export const directoryHolderSchema = directoryGroupSchema
  .extend({
    group: z
      .string()
      .describe('A group, or the owner of a personal namespace.'),
    asMemberOf: z
      .array(directoryGroupSchema)
      .describe(
        'Of a person: the groups that the cluster is shared with. The person sees the namespace only as a member of one of them.',
      )
      .optional(),
  })
  .meta({
    id: 'DirectoryHolder',
    description: 'A group or a person who sees a namespace.',
  });

/** @public */
export type DirectoryHolder = z.infer<typeof directoryHolderSchema>;

/** @public */
export const directoryClusterSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    title: z.string().optional(),
    labels: z.record(z.string(), z.string()).optional(),
    links: z.array(clusterLinkSchema).optional(),
    visibleTo: z
      .array(directoryGroupSchema)
      .describe('Whose members see the cluster; admins see all.'),
  })
  .meta({
    id: 'DirectoryCluster',
    description:
      "What the portal's catalog and search need to know of a cluster.",
  });

/** @public */
export type DirectoryCluster = z.infer<typeof directoryClusterSchema>;

/** @public */
export const directoryNamespaceSchema = z
  .object({
    clusterId: z.string(),
    cluster: z.string().describe('Name of the cluster.'),
    name: z.string(),
    owner: z
      .string()
      .describe('Entity ref of the group that answers for it.')
      .optional(),
    system: z
      .string()
      .describe('Entity ref of the system that it is part of.')
      .optional(),
    home: z
      .boolean()
      .describe('Whether it is the home namespace of its owner.'),
    purpose: z.string().optional(),
    phase: namespacePhaseSchema,
    visibleTo: z
      .array(directoryHolderSchema)
      .describe(
        'Whose members see the namespace: they hold a role in it, and its cluster is shared with them.',
      ),
  })
  .meta({
    id: 'DirectoryNamespace',
    description:
      "What the portal's catalog and search need to know of a namespace.",
  });

/** @public */
export type DirectoryNamespace = z.infer<typeof directoryNamespaceSchema>;

/** @public */
export const directoryQuerySchema = z.strictObject(pageQuery(500, 500));
