import * as z from 'zod';
import { identifier, oneOf } from './fields';

/** @public */
export const plannedActionSchema = oneOf([
  'create',
  'apply',
  'recreate',
  'delete',
  'record',
  'forget',
]).meta({
  id: 'PlannedAction',
  description:
    "What the reconciler does with an object of a cluster.\n\n- `create`: the object is missing\n- `apply`: some of its fields differ\n- `recreate`: an immutable field differs, so the object is deleted and created again\n- `delete`: nobody wants the object any more\n- `record`, `forget`: only Berth's inventory changes, the cluster does not",
});

/** @public */
export type PlannedAction = z.infer<typeof plannedActionSchema>;

/** @public */
export const plannedObjectSchema = z
  .object({
    kind: z.string().describe('Such as `RoleBinding`.'),
    namespace: z
      .string()
      .describe('Absent for cluster-scoped kinds.')
      .optional(),
    name: z.string(),
  })
  .meta({
    id: 'PlannedObject',
    description: 'Identifies an object of a cluster.',
  });

/** @public */
export type PlannedObject = z.infer<typeof plannedObjectSchema>;

/** @public */
export const plannedDifferenceSchema = z
  .object({
    field: z
      .string()
      .describe(
        'Such as `metadata.labels["app.kubernetes.io/managed-by"]` or `subjects`.',
      ),
    planned: z.string().describe('As JSON; `null` if the field is removed.'),
    actual: z
      .string()
      .describe('As JSON; absent if the object has no such field.')
      .optional(),
  })
  .meta({
    id: 'PlannedDifference',
    description: 'A field in which an object differs from the desired one.',
  });

/** @public */
export type PlannedDifference = z.infer<typeof plannedDifferenceSchema>;

/** @public */
export const plannedChangeSchema = z
  .object({
    action: plannedActionSchema,
    object: plannedObjectSchema,
    groups: z
      .array(z.string())
      .describe(
        'Entity refs of the groups of the share or grant; empty for objects that nobody wants any more.',
      ),
    differences: z
      .array(plannedDifferenceSchema)
      .describe('Only for `apply` and `recreate`.'),
    held: z
      .boolean()
      .describe(
        'Whether it waits for `ClusterPlan.held` or `ClusterPlan.heldLeftovers`.',
      ),
    leftover: z
      .boolean()
      .describe(
        "Only for `delete`: the object is left from before a restore. Its labels, name and content are exactly Berth's, and no list of what Berth made has it.",
      )
      .optional(),
  })
  .meta({ id: 'PlannedChange', description: 'One step of a plan.' });

/** @public */
export type PlannedChange = z.infer<typeof plannedChangeSchema>;

/** @public */
export const plannedProblemSchema = z
  .object({
    groups: z
      .array(z.string())
      .describe('Entity refs of the groups whose share or grants it concerns.'),
    namespace: z.string(),
    cause: z.string().describe('One word.'),
    message: z
      .string()
      .describe('What is wrong and what to do about it, for people.'),
  })
  .meta({
    id: 'PlannedProblem',
    description:
      'A problem that keeps part of a cluster from its desired state.',
  });

/** @public */
export type PlannedProblem = z.infer<typeof plannedProblemSchema>;

/** @public */
export const foreignBindingSchema = z
  .object({
    namespace: z.string(),
    name: z.string(),
    role: z
      .object({
        kind: z.string(),
        name: z.string(),
      })
      .describe("Such as `{kind: 'ClusterRole', name: 'edit'}`."),
    subjects: z.array(
      z.object({
        kind: z.string(),
        namespace: z.string().optional(),
        name: z.string(),
      }),
    ),
  })
  .meta({
    id: 'ForeignBinding',
    description:
      "A RoleBinding in one of Berth's namespaces that Berth did not make and leaves alone.",
  });

/** @public */
export type ForeignBinding = z.infer<typeof foreignBindingSchema>;

/** @public */
export const repeatedDeletionSchema = z
  .object({
    namespace: z.string().optional(),
    name: z.string(),
    at: z.string().describe('ISO 8601 time at which Berth noticed it.'),
  })
  .meta({
    id: 'RepeatedDeletion',
    description:
      'A RoleBinding of Berth that is deleted again and again. Berth creates it again within five seconds each time, so its group may lose access for that long.',
  });

/** @public */
export type RepeatedDeletion = z.infer<typeof repeatedDeletionSchema>;

/** @public */
export const unconfirmedLeftoverSchema = z
  .object({
    uid: z.string(),
    object: plannedObjectSchema,
    reason: z
      .string()
      .describe('Why Berth does not remove it on its own, for people.'),
  })
  .meta({
    id: 'UnconfirmedLeftover',
    description:
      "An object with Berth's labels that the portal does not want and the inventory does not list. Only an admin can decide whether to delete it.",
  });

/** @public */
export type UnconfirmedLeftover = z.infer<typeof unconfirmedLeftoverSchema>;

/** @public */
export const formerRegistrationSchema = z
  .object({
    id: z.string(),
    name: z.string().describe('The name that the cluster had.'),
    deletedAt: z.string().describe('ISO 8601 time.'),
    namespaces: z
      .array(z.string())
      .describe('Namespaces with the label of that registration.'),
  })
  .meta({
    id: 'FormerRegistration',
    description:
      'A registration of this cluster that was deleted from the portal, and whose namespaces are still on the cluster.',
  });

/** @public */
export type FormerRegistration = z.infer<typeof formerRegistrationSchema>;

/** @public */
export const planFailureSchema = z
  .object({
    cause: z.string().describe('One word, such as `TCP` or `Forbidden`.'),
    message: z.string().describe('For people.'),
  })
  .meta({ id: 'PlanFailure', description: 'Why a cluster could not be read.' });

/** @public */
export type PlanFailure = z.infer<typeof planFailureSchema>;

/** @public */
export const heldDeletionsSchema = z
  .object({
    id: z
      .string()
      .describe(
        'Identifies exactly this set of deletions, for the confirmation.',
      ),
    since: z
      .string()
      .describe(
        'ISO 8601 time of the first request for one of these deletions.',
      ),
    until: z
      .string()
      .describe(
        'ISO 8601 time after which all of them are carried out without a confirmation.',
      ),
    deletions: z.number().describe('How many objects are to be deleted.'),
    of: z.number().describe('The number of objects that Berth made.'),
  })
  .meta({
    id: 'HeldDeletions',
    description:
      'Deletions that look like a mistake, because they would delete most of the objects that Berth made on a cluster. They wait, so that an admin can correct the cause or confirm them.',
  });

/** @public */
export type HeldDeletions = z.infer<typeof heldDeletionsSchema>;

/** @public */
export const podSecurityWaitSchema = z
  .object({
    namespace: z.string(),
    level: z
      .string()
      .describe('The level and its version, such as `restricted:latest`.'),
    warnings: z
      .array(z.string())
      .describe(
        'What the API server says of the pods that do not meet the level, or why the level waits otherwise.',
      ),
    since: z.string().describe('ISO 8601 time.'),
    confirmedBy: z
      .string()
      .describe('Entity ref of the admin who let the level go ahead.')
      .optional(),
  })
  .meta({
    id: 'PodSecurityWait',
    description:
      'A namespace that keeps its enforced level of Pod Security although the profile of the cluster has a higher one.',
  });

/** @public */
export type PodSecurityWait = z.infer<typeof podSecurityWaitSchema>;

const id = z
  .number('must be a number')
  .int('must be a whole number')
  .min(1, 'must be at least 1')
  .max(2_147_483_647, 'must be at most 2147483647');

/** @public */
export const identityValuesSchema = z
  .strictObject({
    runAsUser: id.describe('Of a person only.').optional(),
    runAsGroup: id,
    supplementalGroups: z
      .array(id)
      .max(64, 'must hold at most 64 groups')
      .describe('Sorted.'),
  })
  .meta({
    id: 'IdentityValues',
    description:
      'The IDs with which the processes of the pods of a namespace run.',
  });

/** @public */
export type IdentityValues = z.infer<typeof identityValuesSchema>;

/** @public */
export const identityWaitSchema = z
  .object({
    owner: z
      .string()
      .describe('Entity ref of the user or group that owns namespaces.'),
    used: identityValuesSchema.describe('The IDs in use.'),
    found: identityValuesSchema.describe('The IDs in the catalog.'),
    entityUid: z
      .string()
      .describe('`metadata.uid` of the entity that has `found`.'),
    another: z
      .boolean()
      .describe(
        'Whether the catalog has another entity of this name now, such as a person who was created again.',
      ),
    since: z.string().describe('ISO 8601 time.'),
  })
  .meta({
    id: 'IdentityWait',
    description:
      'An owner of namespaces whose IDs changed in the catalog. The namespaces keep the IDs in use until an admin confirms the others, because files may belong to them.',
  });

/** @public */
export type IdentityWait = z.infer<typeof identityWaitSchema>;

/** @public */
export const clusterPlanSchema = z
  .object({
    cluster: z.string().describe('Name of the cluster.'),
    plannedAt: z
      .string()
      .describe('ISO 8601 time at which the cluster was read.'),
    items: z
      .array(plannedChangeSchema)
      .describe(
        'In the order of their execution, deletions first; empty for a cluster that matches the portal.',
      ),
    totalItems: z.number(),
    problems: z
      .array(plannedProblemSchema)
      .describe(
        'What keeps Berth from changing namespaces, at most 50 of them.',
      ),
    totalProblems: z.number().int(),
    foreign: z.array(foreignBindingSchema),
    repeatedDeletions: z
      .array(repeatedDeletionSchema)
      .describe(
        'Of the last 20 minutes, the latest first. Berth notes one binding every ten minutes at most, so there may be more.',
      ),
    held: heldDeletionsSchema.optional(),
    heldLeftovers: heldDeletionsSchema
      .describe('Of the items that are `leftover`.')
      .optional(),
    leftovers: z.array(unconfirmedLeftoverSchema),
    formerRegistrations: z.array(formerRegistrationSchema),
    podSecurity: z
      .array(podSecurityWaitSchema)
      .describe('Namespaces whose higher level of Pod Security waits.')
      .optional(),
    identities: z
      .array(identityWaitSchema)
      .describe(
        'Owners of namespaces on the cluster whose other IDs in the catalog wait.',
      )
      .optional(),
    failure: planFailureSchema
      .describe('The cluster could not be read, so nothing else is known.')
      .optional(),
  })
  .meta({
    id: 'ClusterPlan',
    description:
      'What the reconciler would change on a cluster now. Reading it changes nothing.',
  });

/** @public */
export type ClusterPlan = z.infer<typeof clusterPlanSchema>;

/** @public */
export const confirmPlanRequestSchema = z
  .strictObject({
    held: identifier(100).describe(
      'The `id` of `held` or `heldLeftovers`: exactly what was seen is confirmed.',
    ),
  })
  .meta({ id: 'ConfirmPlanRequest' });

/** @public */
export type ConfirmPlanRequest = z.infer<typeof confirmPlanRequestSchema>;

/** @public */
export const confirmRebuiltRequestSchema = z
  .strictObject({
    kubeSystemUid: identifier(64).describe(
      '`ClusterStatus.foundUid`: exactly the cluster that was seen is confirmed.',
    ),
  })
  .meta({ id: 'ConfirmRebuiltRequest' });

/** @public */
export type ConfirmRebuiltRequest = z.infer<typeof confirmRebuiltRequestSchema>;

/** @public */
export const confirmPodSecurityRequestSchema = z
  .strictObject({
    level: identifier(64).describe('`PodSecurityWait.level`.'),
    namespaces: z
      .array(identifier(63))
      .min(1, 'must hold at least one namespace')
      .max(1000, 'must hold at most 1000 namespaces')
      .describe(
        '`PodSecurityWait.namespace` of each that is to get the level.',
      ),
  })
  .meta({ id: 'ConfirmPodSecurityRequest' });

/** @public */
export const confirmIdentityRequestSchema = z
  .strictObject({
    owner: identifier(512).describe('`IdentityWait.owner`.'),
    entityUid: identifier(512).describe('`IdentityWait.entityUid`.'),
    found: identityValuesSchema.describe(
      '`IdentityWait.found`: exactly what was seen is confirmed.',
    ),
  })
  .meta({ id: 'ConfirmIdentityRequest' });

/** @public */
export type ConfirmIdentityRequest = z.infer<
  typeof confirmIdentityRequestSchema
>;

/** @public */
export type ConfirmPodSecurityRequest = z.infer<
  typeof confirmPodSecurityRequestSchema
>;

/** @public */
export const removeLeftoversRequestSchema = z
  .strictObject({
    uids: z
      .array(identifier(64))
      .min(1, 'must hold at least one UID')
      .max(100, 'must hold at most 100 UIDs')
      .describe('Of `ClusterPlan.leftovers`.'),
  })
  .meta({ id: 'RemoveLeftoversRequest' });

/** @public */
export type RemoveLeftoversRequest = z.infer<
  typeof removeLeftoversRequestSchema
>;

/** @public */
export const takeOverRequestSchema = z
  .strictObject({
    formerId: identifier(100).describe('`FormerRegistration.id`.'),
  })
  .meta({ id: 'TakeOverRequest' });

/** @public */
export type TakeOverRequest = z.infer<typeof takeOverRequestSchema>;

/** @public */
export const takeOverResultSchema = z
  .object({
    namespaces: z
      .array(z.string())
      .describe(
        'Names of the namespaces that belong to this registration now.',
      ),
    removed: z
      .array(plannedObjectSchema)
      .describe(
        'Role bindings and quotas of the former registration that nobody wants any more; they were deleted.',
      ),
  })
  .meta({
    id: 'TakeOverResult',
    description: 'What was taken over from a former registration.',
  });

/** @public */
export type TakeOverResult = z.infer<typeof takeOverResultSchema>;
