import * as z from 'zod';
import { futureTime, oneOf } from './fields';
import { listOf } from './paging';
import { NAMESPACE_ROLES } from './values';

const MAX_GRANTS = 200;

/** @public */
export const namespaceRoleSchema = oneOf(NAMESPACE_ROLES).meta({
  id: 'NamespaceRole',
  description:
    'What a group may do in a namespace: the ClusterRole of the same name, bound there.',
  externalDocs: {
    url: 'https://kubernetes.io/docs/reference/access-authn-authz/rbac/#user-facing-roles',
  },
});

/** @public */
export type NamespaceRole = z.infer<typeof namespaceRoleSchema>;

/** @public */
export const reconcileStateSchema = z
  .object({
    state: oneOf(['Pending', 'Ready', 'Failed']),
    cause: z
      .string()
      .describe('One word for what failed, only when `Failed`.')
      .optional(),
    message: z
      .string()
      .describe('What failed and what to do about it, for people.')
      .optional(),
    since: z
      .string()
      .describe('ISO 8601 time since when the state has been as it is.'),
    nextTryAt: z
      .string()
      .describe('ISO 8601 time of the next try, only when `Failed`.')
      .optional(),
  })
  .meta({
    id: 'ReconcileState',
    description: 'How far the reconciler has come with something.',
  });

/** @public */
export type ReconcileState = z.infer<typeof reconcileStateSchema>;

/** @public */
export const grantSchema = reconcileStateSchema
  .extend({
    group: z.string().describe('Entity ref of the group.'),
    kubernetesName: z
      .string()
      .describe(
        "The group's name in tokens, without the cluster's `groupsPrefix`.",
      ),
    role: namespaceRoleSchema,
    expiresAt: z
      .string()
      .describe(
        'ISO 8601; after it no token carries the grant, and its binding is deleted.',
      )
      .optional(),
    source: oneOf(['share', 'grant']).describe(
      "`share`: comes and goes with the cluster's share; `grant`: set for this namespace.",
    ),
    warning: z
      .string()
      .describe(
        'What keeps the grant from having an effect, such as that the cluster is not shared with the group.',
      )
      .optional(),
  })
  .meta({ id: 'Grant', description: "A group's role in a namespace." });

/** @public */
export type Grant = z.infer<typeof grantSchema>;

/** @public */
export const grantListSchema = listOf(grantSchema)
  .extend({
    etag: z
      .string()
      .describe(
        'With it as `If-Match`, a change is refused (412) if someone else has changed the access since.',
      ),
  })
  .meta({ id: 'GrantList', description: 'Who gets into a namespace.' });

/** @public */
export type GrantList = z.infer<typeof grantListSchema>;

/** @public */
export const grantRequestSchema = z
  .strictObject({
    group: z.string().describe('Entity ref of the group.'),
    role: namespaceRoleSchema,
    expiresAt: futureTime.describe('ISO 8601, in the future.').optional(),
  })
  .meta({ id: 'GrantRequest' });

/** @public */
export type GrantRequest = z.infer<typeof grantRequestSchema>;

/** @public */
export const setGrantsRequestSchema = z
  .strictObject({
    grants: z
      .array(grantRequestSchema)
      .max(MAX_GRANTS, `must hold at most ${MAX_GRANTS} grants`)
      .describe(
        'The whole set; those that come with a share stay and are not named.',
      ),
  })
  .meta({ id: 'SetGrantsRequest' });

/** @public */
export type SetGrantsRequest = z.infer<typeof setGrantsRequestSchema>;
