import * as z from 'zod';
import { oneOf } from './fields';
import {
  planFailureSchema,
  plannedChangeSchema,
  plannedProblemSchema,
  podSecurityWaitSchema,
} from './plan';

/** @public */
export const profileKindSchema = oneOf(['personal', 'group']).meta({
  id: 'ProfileKind',
  description:
    'The namespaces that a profile is for: `personal` are those of one person, `group` all others that Berth makes.',
});

/** @public */
export type ProfileKind = z.infer<typeof profileKindSchema>;

/** @public */
export const profileItemNameSchema = oneOf([
  'labels',
  'annotations',
  'podSecurity',
  'networkPolicies',
  'egress',
  'pullSecrets',
  'identity',
  'placement',
  'sizeClassNodes',
  'storageClass',
]).meta({
  id: 'ProfileItemName',
  description:
    'A field of a profile; `sizeClassNodes` is not one: it stands for the nodes of size classes.',
});

/** @public */
export type ProfileItemName = z.infer<typeof profileItemNameSchema>;

/** @public */
export const profileItemSchema = z
  .object({
    item: profileItemNameSchema,
    state: oneOf(['enforced', 'set', 'unsupported'])
      .describe(`- \`enforced\`: people in the namespace cannot work around it
- \`set\`: Berth sets it, and people in the namespace can work around it or the cluster is not known to enforce it
- \`unsupported\`: the cluster cannot do it`),
    why: z
      .string()
      .describe(
        'The reason for the state, for people; always there with `unsupported`.',
      )
      .optional(),
  })
  .meta({
    id: 'ProfileItem',
    description: 'What a cluster can do with a field of a profile.',
  });

/** @public */
export type ProfileItem = z.infer<typeof profileItemSchema>;

/** @public */
export const profileOfKindSchema = z
  .object({
    kind: profileKindSchema,
    profile: z
      .string()
      .describe('Name of the profile; absent if no profile applies.')
      .optional(),
    items: z
      .array(profileItemSchema)
      .describe('One for each field that the profile has.'),
    namespaces: z
      .number()
      .int()
      .describe(
        'The number of namespaces that get the profile; only for admins and auditors.',
      )
      .optional(),
    waiting: z
      .number()
      .int()
      .describe(
        'How many of them wait for a higher level of Pod Security; only for admins and auditors.',
      )
      .optional(),
  })
  .meta({
    id: 'ProfileOfKind',
    description: 'The profile of the namespaces of a kind on a cluster.',
  });

/** @public */
export type ProfileOfKind = z.infer<typeof profileOfKindSchema>;

/** @public */
export const clusterCapabilitySchema = z
  .object({
    capability: oneOf([
      'podSecurity',
      'networkPlugin',
      'admissionPolicies',
      'mutatingPolicies',
      'policyPack',
    ]),
    state: oneOf(['yes', 'no', 'unknown']),
    message: z.string().describe('What was found, for people.'),
  })
  .meta({
    id: 'ClusterCapability',
    description: 'Something that a profile needs of a cluster.',
  });

/** @public */
export type ClusterCapability = z.infer<typeof clusterCapabilitySchema>;

/** @public */
export const clusterProfileSchema = z
  .object({
    cluster: z.string().describe('Name of the cluster.'),
    capabilities: z.array(clusterCapabilitySchema),
    kinds: z.array(profileOfKindSchema),
    rollout: z
      .object({
        cluster: z
          .string()
          .describe('Name of the cluster that gets higher levels now.'),
        since: z.string().describe('ISO 8601 time of its last pass.'),
      })
      .describe(
        'Higher levels of Pod Security go to one cluster after the other; absent if no cluster gets any now. Only for admins and auditors.',
      )
      .optional(),
    failure: planFailureSchema
      .describe(
        'The cluster could not be read, so that some capabilities are not known.',
      )
      .optional(),
  })
  .meta({
    id: 'ClusterProfile',
    description:
      'The profiles of a cluster, and what the cluster can do with each of their fields.',
  });

/** @public */
export type ClusterProfile = z.infer<typeof clusterProfileSchema>;

/** @public */
export const profileSummarySchema = z
  .object({
    name: z.string(),
    for: oneOf(['all', 'personal', 'group']),
    clusters: z
      .array(
        z.object({
          name: z.string(),
          kinds: z.array(profileKindSchema),
        }),
      )
      .describe(
        'The clusters that the profile applies to, with the kinds of namespaces.',
      ),
    fields: z.array(profileItemNameSchema),
    written: z
      .record(z.string(), z.unknown())
      .describe('The profile as the configuration has it.'),
  })
  .meta({
    id: 'ProfileSummary',
    description: 'A profile of `berth.profiles`.',
  });

/** @public */
export type ProfileSummary = z.infer<typeof profileSummarySchema>;

/** @public */
export const previewProfileRequestSchema = z
  .strictObject({
    profiles: z
      .array(z.record(z.string(), z.unknown()))
      .max(100, 'must hold at most 100 profiles')
      .describe(
        'The value that `berth.profiles` would get; the value that it has by default.',
      )
      .optional(),
  })
  .meta({ id: 'PreviewProfileRequest' });

/** @public */
export type PreviewProfileRequest = z.infer<typeof previewProfileRequestSchema>;

/** @public */
export const refusedPodsSchema = z
  .object({
    namespace: z.string(),
    item: oneOf(['identity', 'placement']).describe(
      'The field of the profile whose policy would refuse them.',
    ),
    pods: z
      .array(z.object({ name: z.string(), why: z.string() }))
      .describe('At most 20 of them.'),
    totalPods: z.number().int(),
  })
  .meta({
    id: 'RefusedPods',
    description:
      'The running pods of a namespace that the policy pack would refuse when they start again.',
  });

/** @public */
export type RefusedPods = z.infer<typeof refusedPodsSchema>;

/** @public */
export const profilePreviewSchema = clusterProfileSchema
  .pick({ cluster: true, kinds: true, failure: true })
  .extend({
    items: z
      .array(plannedChangeSchema)
      .describe('What Berth would change on the cluster, at most 200 steps.'),
    totalItems: z.number().int(),
    problems: z
      .array(plannedProblemSchema)
      .describe(
        'What would keep Berth from changing namespaces, at most 50 of them.',
      ),
    totalProblems: z.number().int(),
    podSecurity: z
      .array(podSecurityWaitSchema)
      .describe('The namespaces whose pods would fail at a higher level.'),
    untried: z
      .number()
      .int()
      .describe(
        'The number of namespaces with a higher level that were not tried, because there are too many.',
      ),
    refusedPods: z
      .array(refusedPodsSchema)
      .describe(
        'The pods that `identity` or `placement` would refuse, read with the rights of the caller on the cluster.',
      ),
    unreadPods: z
      .object({
        namespaces: z.number().int(),
        reason: z.string().describe('One of the reasons, for people.'),
      })
      .describe(
        'The number of namespaces with new rules whose pods could not be read; absent if there are none.',
      )
      .optional(),
  })
  .meta({
    id: 'ProfilePreview',
    description: 'What profiles would change on a cluster. Nothing is changed.',
  });

/** @public */
export type ProfilePreview = z.infer<typeof profilePreviewSchema>;
