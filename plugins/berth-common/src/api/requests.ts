import * as z from 'zod';
import {
  QueryOf,
  clusterName,
  futureTime,
  lineOfText,
  many,
  manyLines,
  oneOf,
} from './fields';
import { namespaceRoleSchema } from './grants';
import { pageQuery } from './paging';
import { setQuotaRequestSchema } from './quotas';
import { REQUEST_KINDS, REQUEST_STATES } from './values';

/** The fields of a new request next to its spec. @public */
export const requestCreationSchema = z.strictObject({
  draft: z
    .boolean()
    .describe('Whether it stays a draft, for its requester only.')
    .optional(),
  idempotencyKey: z
    .string()
    .regex(
      /^[!-~]{1,200}$/,
      'must be 1 to 200 printable ASCII characters without spaces',
    )
    .describe(
      'Chosen by the requester: a second call with the same key and spec returns the existing request and creates nothing; 409 if the spec differs.',
    )
    .optional(),
});

/** @public */
export const requestKindSchema = oneOf(REQUEST_KINDS).meta({
  id: 'RequestKind',
  description: 'What a person requests.',
});

/** @public */
export type RequestKind = z.infer<typeof requestKindSchema>;

/** @public */
export const requestStateSchema = oneOf(REQUEST_STATES).meta({
  id: 'RequestState',
  description:
    'The state of a request. A `Draft` is `Submitted`, then `AutoApproved`, `Approved`, `Denied` or `Withdrawn`. An approved request is `Provisioning`, then `Ready` or `Failed`. A draft can be withdrawn too, and a failed request can be tried again.',
});

/** @public */
export type RequestState = z.infer<typeof requestStateSchema>;

/** @public */
export const requestAddressSchema = z
  .object({
    cluster: clusterName.describe('Name of the cluster.'),
    namespace: z
      .string()
      .describe('Name of the namespace: of a new one, a DNS label.'),
  })
  .meta({ id: 'RequestAddress' });

/** @public */
export type RequestAddress = z.infer<typeof requestAddressSchema>;

/** @public */
export const requestReasonSchema = z
  .object({
    purpose: lineOfText(500)
      .describe('Why, in the words of the requester; up to 500 characters.')
      .optional(),
  })
  .meta({ id: 'RequestReason', description: 'What every request has.' });

/** @public */
export type RequestReason = z.infer<typeof requestReasonSchema>;

/** @public */
export const namespaceRequestSpecSchema = z
  .strictObject({
    kind: z.literal('namespace'),
    ...requestAddressSchema.shape,
    ...requestReasonSchema.shape,
    group: z
      .string()
      .describe(
        "Entity ref of the group that will own it and be its `admin`; one of the requester's.",
      ),
    system: z
      .string()
      .describe(
        'Entity ref of the system in the catalog that it will be part of; as of `CreateNamespaceRequest`.',
      )
      .optional(),
    quota: setQuotaRequestSchema.describe(
      'What it may use: a size class, or bounds.',
    ),
    expiresAt: futureTime
      .describe(
        "ISO 8601; the group's grant ends then. The namespace and its content stay.",
      )
      .optional(),
  })
  .meta({ id: 'NamespaceRequestSpec', description: 'A new namespace.' });

/** @public */
export type NamespaceRequestSpec = z.infer<typeof namespaceRequestSpecSchema>;

/** @public */
export const quotaRequestSpecSchema = z
  .strictObject({
    kind: z.literal('quota'),
    ...requestAddressSchema.shape,
    ...requestReasonSchema.shape,
    quota: setQuotaRequestSchema,
  })
  .meta({
    id: 'QuotaRequestSpec',
    description:
      "Another quota for a namespace in which one of the requester's groups holds `admin` or `edit`.",
  });

/** @public */
export type QuotaRequestSpec = z.infer<typeof quotaRequestSpecSchema>;

/** @public */
export const grantRequestSpecSchema = z
  .strictObject({
    kind: z.literal('grant'),
    ...requestAddressSchema.shape,
    ...requestReasonSchema.shape,
    group: z
      .string()
      .describe(
        "Entity ref of the group that shall hold it; one of the requester's.",
      ),
    role: namespaceRoleSchema,
    expiresAt: futureTime.describe('ISO 8601, in the future.').optional(),
  })
  .meta({
    id: 'GrantRequestSpec',
    description: 'A role in an existing namespace.',
  });

/** @public */
export type GrantRequestSpec = z.infer<typeof grantRequestSpecSchema>;

/** @public */
export const requestSpecSchema = z
  .discriminatedUnion('kind', [
    namespaceRequestSpecSchema,
    quotaRequestSpecSchema,
    grantRequestSpecSchema,
  ])
  .meta({ id: 'RequestSpec' });

/** @public */
export type RequestSpec = z.infer<typeof requestSpecSchema>;

/** @public */
export const createRequestRequestSchema = z
  .discriminatedUnion('kind', [
    namespaceRequestSpecSchema.extend(requestCreationSchema.shape),
    quotaRequestSpecSchema.extend(requestCreationSchema.shape),
    grantRequestSpecSchema.extend(requestCreationSchema.shape),
  ])
  .meta({ id: 'CreateRequestRequest' });

/** @public */
export type CreateRequestRequest = z.infer<typeof createRequestRequestSchema>;

/** @public */
export const requestStepSchema = z
  .object({
    state: requestStateSchema,
    at: z.string(),
    by: z.string().describe('Entity ref of a person, or `system:requests`.'),
    reason: z
      .string()
      .describe('A comment, the rule that decided, or what failed.')
      .optional(),
  })
  .meta({
    id: 'RequestStep',
    description: 'A step of a request: who took it, when, why.',
  });

/** @public */
export type RequestStep = z.infer<typeof requestStepSchema>;

/** @public */
export const requestVerdictSchema = z
  .object({
    outcome: oneOf(['AutoApprove', 'NeedsApproval']),
    rule: z
      .string()
      .describe('Name of the rule that decided; absent if none applies.')
      .optional(),
    reasons: z
      .array(z.string())
      .describe(
        'In words, for people: which rule applies, or why each does not.',
      ),
    approvers: z
      .array(z.string())
      .describe('Entity refs of the persons and groups who may decide.'),
    undecidable: z
      .boolean()
      .describe('A person has to decide, and nobody but the requester may.')
      .optional(),
    warning: z
      .string()
      .describe(
        'What could not be checked, such as whether the cluster has the namespace; only of a preview.',
      )
      .optional(),
  })
  .meta({
    id: 'RequestVerdict',
    description: 'The result of the rules in `berth.requests`.',
  });

/** @public */
export type RequestVerdict = z.infer<typeof requestVerdictSchema>;

/** @public */
export const requestObservationSchema = z
  .object({
    requested: z
      .record(z.string(), z.string())
      .describe('Bounds that the quota asked for stands for, by resource name.')
      .optional(),
    hard: z
      .record(z.string(), z.string())
      .describe('Bounds now, by resource name.')
      .optional(),
    used: z
      .record(z.string(), z.string())
      .describe('In use now, by resource name.')
      .optional(),
    observedAt: z.string().describe('ISO 8601 time of `used`.').optional(),
    left: z
      .record(z.string(), z.string())
      .describe(
        'What the group may still be given under the rule `groupQuota`, by resource name.',
      )
      .optional(),
    leftRule: z
      .string()
      .describe('The rule whose `groupQuota` it is.')
      .optional(),
    namespaceExists: z
      .boolean()
      .describe(
        'Whether Berth manages a namespace of that name on the cluster now; only of a single request.',
      )
      .optional(),
    namespaceOwner: z
      .string()
      .describe('Entity ref of the owner of that namespace.')
      .optional(),
  })
  .meta({
    id: 'RequestObservation',
    description:
      'What an approver needs to see next to a request, as far as it is known.',
  });

/** @public */
export type RequestObservation = z.infer<typeof requestObservationSchema>;

/** @public */
export const accessRequestSchema = z
  .object({
    id: z.string().describe('ULID.'),
    spec: requestSpecSchema,
    state: requestStateSchema,
    requester: z.string(),
    createdAt: z.string(),
    updatedAt: z.string().describe('ISO 8601 time of the last step.'),
    steps: z.array(requestStepSchema).describe('From the first to the last.'),
    verdict: requestVerdictSchema
      .describe(
        'The result of the rules when it was submitted; for a draft, their result now.',
      )
      .optional(),
    observed: requestObservationSchema
      .describe('Only for who may decide, and admins.')
      .optional(),
    gone: z
      .boolean()
      .describe(
        'The namespace that it was `Ready` in does not exist any more; only of a single request.',
      )
      .optional(),
    may: z
      .object({
        decide: z.boolean(),
        withdraw: z.boolean(),
        submit: z.boolean(),
        retry: z.boolean(),
      })
      .describe('What the caller may do with it now.'),
  })
  .meta({
    id: 'AccessRequest',
    description:
      "A person's request for a namespace, quota or grant, with its decision.",
  });

/** @public */
export type AccessRequest = z.infer<typeof accessRequestSchema>;

/** @public */
export const requestQuerySchema = z
  .strictObject({
    scope: oneOf(['mine', 'inbox', 'all'])
      .describe(
        "`mine`: those that the caller made; `inbox`: those that wait for the caller's decision; `all`: all that the caller may see, which for admins are all but others' drafts. `mine` by default.",
      )
      .optional(),
    state: many(requestStateSchema).optional(),
    kind: requestKindSchema.optional(),
    cluster: clusterName.describe('Name of the cluster.').optional(),
    namespace: z
      .string()
      .regex(/^[-a-z0-9]{1,63}$/, 'must be the name of a namespace')
      .optional(),
    ...pageQuery(200),
  })
  .meta({ id: 'RequestQuery', description: 'Which requests to list.' });

/** @public */
export type RequestQuery = QueryOf<typeof requestQuerySchema>;

/** @public */
export const requestDecisionSchema = z
  .strictObject({
    decision: oneOf(['approve', 'deny']),
    comment: manyLines(500)
      .describe('Needed to deny; up to 500 characters.')
      .optional(),
  })
  .meta({ id: 'RequestDecision' });

/** @public */
export type RequestDecision = z.infer<typeof requestDecisionSchema>;
