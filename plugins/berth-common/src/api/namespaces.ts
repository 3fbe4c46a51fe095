import * as z from 'zod';
import {
  QueryOf,
  boundedText,
  flag,
  identifier,
  lineOfText,
  many,
  oneOf,
} from './fields';
import {
  setGrantsRequestSchema,
  grantSchema,
  reconcileStateSchema,
} from './grants';
import { pageQuery } from './paging';
import { namespaceQuotaSchema, setQuotaRequestSchema } from './quotas';
import { NAMESPACE_PHASES } from './values';

/** @public */
export const namespacePhaseSchema = oneOf(NAMESPACE_PHASES).meta({
  id: 'NamespacePhase',
  description:
    "`Pending` until it exists on the cluster; the other two are Kubernetes' own.",
  externalDocs: {
    url: 'https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/',
  },
});

/** @public */
export type NamespacePhase = z.infer<typeof namespacePhaseSchema>;

/** @public */
export const managedNamespaceSchema = reconcileStateSchema
  .extend({
    cluster: z.string().describe('Name of the cluster.'),
    name: z.string(),
    owner: z
      .string()
      .describe(
        'Entity ref of the group that answers for it, or of the user whose personal namespace it is.',
      )
      .optional(),
    system: z
      .string()
      .describe('Entity ref of the system in the catalog that it is part of.')
      .optional(),
    home: z
      .boolean()
      .describe(
        'Whether it is the home namespace of its owner, which comes with a share.',
      ),
    adopted: z
      .boolean()
      .describe(
        'Whether it was taken over with what was in it. It then gets nothing of a profile.',
      )
      .optional(),
    personal: z
      .object({
        user: z.string().describe('Entity ref of the user.'),
        role: oneOf(['admin', 'edit']),
        absent: z
          .boolean()
          .describe(
            'Whether the catalog lacks the user, who then has no role.',
          ),
      })
      .describe('Of a personal namespace: the person who has it.')
      .optional(),
    purpose: z
      .string()
      .describe('What it is for, in the words of who made it.')
      .optional(),
    phase: namespacePhaseSchema,
    terminating: z
      .object({
        since: z.string().optional(),
        finalizers: z.array(z.string()),
        conditions: z.array(
          z.object({
            type: z.string(),
            message: z.string(),
          }),
        ),
      })
      .describe("What holds a `Terminating` namespace, in the cluster's words.")
      .optional(),
    grants: z
      .array(grantSchema)
      .describe(
        "All grants for an admin, those of the caller's own groups for everybody else.",
      ),
    quota: namespaceQuotaSchema.optional(),
    uid: z
      .string()
      .describe('`metadata.uid` on the cluster, once it was seen there.')
      .optional(),
    createdAt: z.string(),
    createdBy: z
      .string()
      .describe('Entity ref of who made it through the portal.')
      .optional(),
    etag: z
      .string()
      .describe(
        'With it as `If-Match`, a `PATCH` is refused (412) if someone else has changed the same since.',
      ),
  })
  .meta({
    id: 'ManagedNamespace',
    description: 'A namespace that Berth manages.',
  });

/** @public */
export type ManagedNamespace = z.infer<typeof managedNamespaceSchema>;

/** @public */
export const deleteNamespaceQuerySchema = z
  .strictObject({
    confirm: identifier(63).describe('The name of the namespace again.'),
    uid: identifier(128)
      .describe(
        'UID of the namespace that the caller saw; required once the namespace was seen on the cluster.',
      )
      .optional(),
  })
  .meta({ id: 'DeleteNamespaceQuery' });

/** @public */
export const createNamespaceRequestSchema = z
  .strictObject({
    name: z.string().describe('A DNS label.'),
    owner: z
      .string()
      .describe('Entity ref of the group that answers for it.')
      .optional(),
    system: z
      .string()
      .describe(
        'Entity ref of the system in the catalog that it is part of; kind `system` and namespace `default` may be left out.',
      )
      .optional(),
    purpose: lineOfText(1000).optional(),
    grants: setGrantsRequestSchema.shape.grants.optional(),
    quota: setQuotaRequestSchema.optional(),
    adopt: z
      .boolean()
      .describe(
        'Takes over a namespace that exists on the cluster and that Berth did not make.',
      )
      .optional(),
  })
  .meta({ id: 'CreateNamespaceRequest' });

/** @public */
export type CreateNamespaceRequest = z.infer<
  typeof createNamespaceRequestSchema
>;

/** @public */
export const updateNamespaceRequestSchema = z
  .strictObject({
    owner: z
      .string()
      .describe(
        'As of `CreateNamespaceRequest`. A home namespace keeps its owner.',
      )
      .nullable()
      .optional(),
    system: z
      .string()
      .describe('As of `CreateNamespaceRequest`.')
      .nullable()
      .optional(),
    purpose: lineOfText(1000).nullable().optional(),
  })
  .meta({
    id: 'UpdateNamespaceRequest',
    description:
      'What is to change of a namespace: what is left out stays, `null` removes.',
  });

/** @public */
export type UpdateNamespaceRequest = z.infer<
  typeof updateNamespaceRequestSchema
>;

/** @public */
export const namespaceAvailabilitySchema = z
  .object({
    state: oneOf(['Free', 'Taken', 'Refused', 'Unknown'])
      .describe(`- \`Free\`: no rule is against the name, and the cluster has no namespace of that name
- \`Taken\`: there is one already, or the name is kept for a group
- \`Refused\`: a rule is against the name
- \`Unknown\`: no rule is against the name, but the cluster could not be asked`),
    name: z
      .string()
      .describe(
        "The name that the namespace gets: with the cluster's `namespacePrefix`, unless the given name has it.",
      ),
    message: z
      .string()
      .describe('Why, in every state but `Free`, for people.')
      .optional(),
    adoptable: z
      .boolean()
      .describe(
        'The cluster has a namespace of that name that Berth does not manage, and that an admin can take over.',
      )
      .optional(),
  })
  .meta({
    id: 'NamespaceAvailability',
    description: 'Whether a namespace of a name can be created on a cluster.',
  });

/** @public */
export type NamespaceAvailability = z.infer<typeof namespaceAvailabilitySchema>;

/** @public */
export const namespaceAvailabilityQuerySchema = z.strictObject({
  group: z
    .string()
    .describe('Entity ref of the group that is to own the namespace.')
    .optional(),
  adopt: flag
    .describe(
      'An admin takes over the namespace of this name, which keeps the name as it is. For admins only.',
    )
    .optional(),
});

/** @public */
export const namespaceQuerySchema = z
  .strictObject({
    cluster: many(boundedText(253)).describe('Names of clusters.').optional(),
    search: boundedText(253)
      .describe("A part of the namespace's name.")
      .optional(),
    group: many(z.string())
      .describe('Entity refs of groups that own it or hold a grant in it.')
      .optional(),
    phase: namespacePhaseSchema.optional(),
    mine: flag
      .describe("Only what the caller's own groups hold, also for admins.")
      .optional(),
    unbounded: flag.describe('Only those without a quota.').optional(),
    orderBy: oneOf([
      'name',
      'cluster',
      'owner',
      'phase',
      'createdAt',
    ]).optional(),
    order: oneOf(['asc', 'desc']).optional(),
    ...pageQuery(500),
  })
  .meta({ id: 'NamespaceQuery', description: 'Which namespaces to list.' });

/** @public */
export type NamespaceQuery = QueryOf<typeof namespaceQuerySchema>;
