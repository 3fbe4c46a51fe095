import * as z from 'zod';
import { boundedText, oneOf } from './fields';
import { listOf } from './paging';

/** The number of groups that a cluster can be shared with. @public */
export const MAX_GROUPS = 500;

/** @public */
export const shareStateSchema = oneOf(['Pending', 'Ready', 'Failed']).meta({
  id: 'ShareState',
  description: 'The progress of the reconciler with a share.',
});

/** @public */
export type ShareState = z.infer<typeof shareStateSchema>;

/** @public */
export const shareSchema = z
  .object({
    group: z
      .string()
      .describe('Entity ref of the group, such as `group:default/team-a`.'),
    groupUid: z
      .string()
      .describe(
        'UID of the catalog entity that the share is for; another entity of the same name has no access by it.',
      )
      .optional(),
    kubernetesName: z
      .string()
      .describe(
        "The group's name in tokens and RoleBindings, without the cluster's `groupsPrefix`.",
      ),
    namespace: z
      .string()
      .describe("The group's home namespace on the cluster."),
    state: shareStateSchema,
    cause: z
      .string()
      .describe('The problem in one word, only with `Failed`.')
      .optional(),
    message: z
      .string()
      .describe('The problem and how to fix it, for people.')
      .optional(),
    since: z
      .string()
      .describe('ISO 8601 time of the last change of the state.'),
    nextTryAt: z
      .string()
      .describe('ISO 8601 time of the next try, only with `Failed`.')
      .optional(),
  })
  .meta({
    id: 'Share',
    description:
      'A share makes a cluster available to a catalog group and gives the group a home namespace on it.',
  });

/** @public */
export type Share = z.infer<typeof shareSchema>;

/** @public */
export const setSharesRequestSchema = z
  .strictObject({
    groups: z
      .array(z.string())
      .max(MAX_GROUPS, `must hold at most ${MAX_GROUPS} groups`)
      .describe(
        'The whole set of group entity refs; groups that are missing lose their share.',
      ),
    names: z
      .record(z.string(), boundedText(63))
      .describe(
        'Kubernetes group names for groups whose `metadata.name` is not valid as one, by group entity ref. The name of a group never changes.',
      )
      .optional(),
    takeOver: z
      .array(z.string())
      .max(MAX_GROUPS, `must hold at most ${MAX_GROUPS} groups`)
      .describe(
        'Entity refs of groups that were deleted and created again in the catalog, and that may take over the Kubernetes name of the former group, and with it its namespaces and RoleBindings.',
      )
      .optional(),
  })
  .meta({ id: 'SetSharesRequest' });

/** @public */
export type SetSharesRequest = z.infer<typeof setSharesRequestSchema>;

/** @public */
export const addShareRequestSchema = z
  .strictObject({
    group: z.string(),
    name: boundedText(63)
      .describe(
        "The group's Kubernetes name, where its `metadata.name` cannot serve.",
      )
      .optional(),
    takeOver: z
      .boolean()
      .describe('As of `SetSharesRequest`, for this group.')
      .optional(),
  })
  .meta({
    id: 'AddShareRequest',
    description: 'One more group for a cluster.',
  });

/** @public */
export type AddShareRequest = z.infer<typeof addShareRequestSchema>;

/** @public */
export const shareListSchema = listOf(shareSchema)
  .extend({
    warnings: z
      .array(z.string())
      .describe('What an admin should know about these shares, for people.')
      .optional(),
    etag: z
      .string()
      .describe(
        'With it as `If-Match`, a `PUT` is refused (412) if someone else has changed the shares since.',
      ),
  })
  .meta({
    id: 'ShareList',
    description: 'The groups that a cluster is shared with.',
  });

/** @public */
export type ShareList = z.infer<typeof shareListSchema>;

/** @public */
export const removeShareQuerySchema = z.strictObject({
  group: z.string().describe('Entity ref.'),
});
