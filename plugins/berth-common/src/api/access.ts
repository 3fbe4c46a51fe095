import * as z from 'zod';
import { QueryOf, boundedText, dnsLabel, oneOf } from './fields';
import { namespaceRoleSchema } from './grants';

/** @public */
export const tokenResponseSchema = z
  .object({
    token: z.string().describe('A JWT for one cluster.'),
    expiresAt: z.string(),
    expiresIn: z
      .number()
      .int()
      .describe('Seconds, for clients whose clock is wrong.'),
  })
  .meta({ id: 'TokenResponse' });

/** @public */
export type TokenResponse = z.infer<typeof tokenResponseSchema>;

/** @public */
export const accessSummarySchema = z
  .object({
    user: z.string().describe('Entity ref of the user.'),
    username: z
      .string()
      .describe("The `sub` of the user's tokens, such as `user:alice`."),
    admin: z
      .boolean()
      .describe('Whether the user is in one of the groups of `berth.admins`.'),
    auditor: z
      .boolean()
      .describe(
        'Whether the user is in one of the groups of `berth.auditors`: they read everything and change nothing.',
      ),
    groups: z
      .array(z.string())
      .describe(
        "Entity refs of all the user's groups, ancestors included, sorted.",
      ),
    paths: z
      .record(z.string(), z.array(z.string()))
      .describe(
        'How the user is in the groups that are above their own, by entity ref: the groups from their own to that one. Absent where they are a member of each group directly.',
      )
      .optional(),
    terminal: z
      .boolean()
      .describe('Whether `berth.terminal.enabled` turns terminals on.'),
    helm: z
      .boolean()
      .describe('Whether `berth.helm.enabled` leaves Helm releases on.'),
    noAdmins: z
      .literal(true)
      .describe(
        'True while `berth.admins` is empty, so that nobody can add clusters.',
      )
      .optional(),
  })
  .meta({ id: 'AccessSummary', description: 'Who the caller is to Berth.' });

/** @public */
export type AccessSummary = z.infer<typeof accessSummarySchema>;

/** @public */
export const explanationLinkSchema = oneOf([
  'person',
  'group',
  'share',
  'grant',
  'binding',
  'review',
]).meta({
  id: 'ExplanationLink',
  description: `A link of the chain from a person to what they may do.

- \`person\`: is in the catalog
- \`group\`: belongs to groups, directly or through nested ones
- \`share\`: the cluster is shared with one of them
- \`grant\`: one of them holds a role in the namespace
- \`binding\`: the role is bound on the cluster
- \`review\`: the cluster itself agrees`,
});

/** @public */
export type ExplanationLink = z.infer<typeof explanationLinkSchema>;

/** @public */
export const explanationStepSchema = z
  .object({
    link: explanationLinkSchema,
    status: oneOf(['Passed', 'Failed', 'Unknown', 'Skipped']).describe(
      '`Unknown`: it could not be found out, or is under way; `Skipped`: an earlier link is missing.',
    ),
    message: z.string().describe('The state, in one sentence.'),
    hint: z.string().describe('What to do if access is missing.').optional(),
  })
  .meta({ id: 'ExplanationStep' });

/** @public */
export type ExplanationStep = z.infer<typeof explanationStepSchema>;

/** @public */
export const roleAssignmentSchema = z
  .object({
    namespace: z.string(),
    role: namespaceRoleSchema,
    group: z
      .string()
      .describe(
        'Entity ref of the group that holds it, or of the owner if `source` is `personal`.',
      ),
    path: z
      .array(z.string())
      .describe(
        'Entity refs from the group that the person is a member of to `group`. Only `group` if `source` is `personal`.',
      ),
    source: oneOf(['share', 'grant', 'personal']).describe(
      '`personal`: the namespace is the personal one of the person.',
    ),
    expiresAt: z.string().optional(),
  })
  .meta({
    id: 'RoleAssignment',
    description: 'One way in which a person holds a role.',
  });

/** @public */
export type RoleAssignment = z.infer<typeof roleAssignmentSchema>;

/** @public */
export const reviewedAccessSchema = z
  .object({
    verb: z.string(),
    resource: z.string().describe('Such as `pods` or `deployments.apps`.'),
    namespace: z.string().describe('Empty for the whole cluster.'),
    expected: z.boolean().describe('What the roles that Berth knows of allow.'),
    allowed: z.boolean().describe('What the cluster says.'),
    reason: z
      .string()
      .describe("The cluster's reason, where it gives one.")
      .optional(),
  })
  .meta({
    id: 'ReviewedAccess',
    description: 'One question of a live access review.',
  });

/** @public */
export type ReviewedAccess = z.infer<typeof reviewedAccessSchema>;

/** @public */
export const accessExplanationSchema = z
  .object({
    user: z.string(),
    username: z.string().describe('The `sub` of their tokens.'),
    admin: z
      .boolean()
      .describe(
        'Whether they are a platform admin, who is cluster-admin on every cluster.',
      ),
    cluster: z.string(),
    namespace: z.string().optional(),
    allowed: z
      .boolean()
      .describe(
        'Whether Berth gives them access to the cluster, or with a namespace, to that.',
      ),
    missing: z
      .string()
      .describe('The first thing that is missing, in one sentence.')
      .optional(),
    steps: z.array(explanationStepSchema),
    roles: z
      .array(roleAssignmentSchema)
      .describe('Every role that they hold there, and how.'),
    tokenGroups: z
      .array(z.string())
      .describe('The groups that a token for the cluster would claim.'),
    helpers: z
      .array(z.string())
      .describe('Entity refs of the groups that can fix it.'),
    review: z
      .object({
        checkedAt: z.string(),
        items: z.array(reviewedAccessSchema),
      })
      .describe('Absent where the cluster was not asked or did not answer.')
      .optional(),
  })
  .meta({
    id: 'AccessExplanation',
    description: 'Why a person may, or may not, use a cluster or a namespace.',
  });

/** @public */
export type AccessExplanation = z.infer<typeof accessExplanationSchema>;

/** @public */
export const explainAccessQuerySchema = z
  .strictObject({
    cluster: boundedText(500)
      .min(1, 'must not be empty')
      .describe('Name of the cluster.'),
    namespace: dnsLabel.optional(),
    user: boundedText(500)
      .min(1, 'must not be empty')
      .describe('Entity ref; platform admins may ask for others.')
      .optional(),
  })
  .meta({ id: 'ExplainAccessQuery' });

/** @public */
export type ExplainAccessQuery = QueryOf<typeof explainAccessQuerySchema>;
