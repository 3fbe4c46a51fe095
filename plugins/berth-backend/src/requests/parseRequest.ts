import { InputError } from '@backstage/errors';
import {
  assertNamespaceName,
  CreateRequestRequest,
  isDnsLabel,
  NAMESPACE_ROLES,
  RequestSpec,
  RequestDecision,
  RequestKind,
  RequestQuery,
  RequestState,
} from '@berth/plugin-berth-common';
import { z } from 'zod';
import { normalizeGroupRef } from '../validation/groupRef';
import { quotaSchema } from '../validation/parseBounds';
import { quoteUntrusted } from '../text/quoteUntrusted';
import { systemField } from '../validation/systemRef';
import { endField } from '../validation/endField';
import { parseBody, parsedBy } from '../validation/parseBody';
import { isVisible, ONLY_VISIBLE } from '@berth/plugin-berth-common';
import { REQUEST_STATES } from './model';
import { REQUEST_KINDS } from './settings';
import { atField } from '../text/fieldProblems';

const MAX_TEXT = 500;
const MAX_KEY = 200;
const MAX_LIMIT = 200;

const text = (length: number) =>
  z
    .string()
    .trim()
    .max(length, `must be at most ${length} characters long`)
    .regex(
      /^[^\p{Cc}\p{Zl}\p{Zp}]*$/u,
      'must be one line without control characters',
    )
    .refine(isVisible, ONLY_VISIBLE);

const namespace = parsedBy(typed => {
  if (!isDnsLabel(typed)) {
    throw new InputError(
      `namespace ${quoteUntrusted(
        typed,
      )} must be at most 63 lowercase letters, digits and hyphens, beginning and ending with a letter or digit`,
    );
  }
  return typed;
});

const newNamespace = parsedBy(typed => {
  try {
    assertNamespaceName(typed);
  } catch (error) {
    throw error instanceof InputError
      ? new InputError(error.message.replace(/^name /, 'namespace '))
      : error;
  }
  return typed;
});

const group = parsedBy(typed => {
  try {
    return normalizeGroupRef(typed);
  } catch (error) {
    throw error instanceof InputError
      ? new InputError(`group ${error.message}`)
      : error;
  }
});

const expiresAt = endField.optional();

const common = {
  cluster: z
    .string()
    .regex(
      /^[a-z0-9]{1,63}$/,
      'must be the name of a cluster: lowercase letters and digits',
    ),
  purpose: text(MAX_TEXT).optional(),
};

const specs = {
  namespace: z.strictObject({
    kind: z.literal('namespace'),
    ...common,
    namespace: newNamespace,
    group,
    system: systemField,
    quota: quotaSchema,
    expiresAt,
  }),
  quota: z.strictObject({
    kind: z.literal('quota'),
    ...common,
    namespace,
    quota: quotaSchema,
  }),
  grant: z.strictObject({
    kind: z.literal('grant'),
    ...common,
    namespace,
    group,
    role: z.enum(NAMESPACE_ROLES as ['admin', 'edit', 'view'], {
      error: 'must be "admin", "edit" or "view"',
    }),
    expiresAt,
  }),
} satisfies Record<RequestKind, z.ZodType>;

const creation = {
  draft: z.boolean().default(false),
  idempotencyKey: z
    .string()
    .regex(
      new RegExp(`^[!-~]{1,${MAX_KEY}}$`),
      `must be 1 to ${MAX_KEY} printable ASCII characters without spaces`,
    )
    .optional(),
} satisfies Partial<Record<keyof CreateRequestRequest, z.ZodType>>;

/** A validated body of `POST /requests`; for a quota only the shape is validated. */
export interface ParsedRequest {
  spec: RequestSpec;
  draft: boolean;
  idempotencyKey?: string;
}

const specParsers = {
  namespace: (body: unknown) => parseBody(specs.namespace, body),
  quota: (body: unknown) => parseBody(specs.quota, body),
  grant: (body: unknown) => parseBody(specs.grant, body),
};

const newRequestParsers = {
  namespace: (body: unknown) =>
    parseBody(specs.namespace.extend(creation), body),
  quota: (body: unknown) => parseBody(specs.quota.extend(creation), body),
  grant: (body: unknown) => parseBody(specs.grant.extend(creation), body),
};

/** @throws InputError with all problems at once */
export function parseNewRequest(body: unknown): ParsedRequest {
  const { draft, idempotencyKey, ...spec } =
    newRequestParsers[kindOf(body)](body);
  return { spec: withoutUndefined(spec), draft, idempotencyKey };
}

/** @throws InputError with all problems at once */
export function parseSpec(body: unknown): RequestSpec {
  return withoutUndefined(specParsers[kindOf(body)](body));
}

const decisionSchema = z.strictObject({
  decision: z.enum(['approve', 'deny'], {
    error: 'must be "approve" or "deny"',
  }),
  comment: z
    .string()
    .trim()
    .max(MAX_TEXT, `must be at most ${MAX_TEXT} characters long`)
    .regex(
      /^(\n|[^\p{Cc}\p{Zl}\p{Zp}])*$/u,
      'must be without control characters',
    )
    .refine(isVisible, ONLY_VISIBLE)
    .optional(),
} satisfies Record<keyof RequestDecision, z.ZodType>);

/** @throws InputError with all problems at once */
export function parseDecision(body: unknown): RequestDecision {
  const { decision, comment } = parseBody(decisionSchema, body);
  if (decision === 'deny' && !comment) {
    throw atField(
      new InputError('comment is missing: say why, to deny'),
      'comment',
    );
  }
  return { decision, ...(comment && { comment }) };
}

const wholeNumber = (least: number, most: number) => {
  const rule = `must be a whole number from ${least} to ${most}`;
  return z
    .string()
    .regex(/^\d{1,9}$/, rule)
    .transform(Number)
    .refine(value => value >= least && value <= most, rule)
    .optional();
};

const querySchema = z.strictObject({
  scope: z
    .enum(['mine', 'inbox', 'all'], {
      error: 'must be "mine", "inbox" or "all"',
    })
    .default('mine'),
  state: z
    .preprocess(
      value => (typeof value === 'string' ? [value] : value),
      z.array(
        z.enum(REQUEST_STATES as [RequestState, ...RequestState[]], {
          error: `must be one of ${REQUEST_STATES.join(', ')}`,
        }),
      ),
    )
    .optional(),
  kind: z
    .enum(REQUEST_KINDS, { error: 'must be "namespace", "quota" or "grant"' })
    .optional(),
  cluster: z
    .string()
    .regex(/^[a-z0-9]{1,63}$/, 'must be the name of a cluster')
    .optional(),
  namespace: z
    .string()
    .regex(/^[-a-z0-9]{1,63}$/, 'must be the name of a namespace')
    .optional(),
  limit: wholeNumber(1, MAX_LIMIT),
  offset: wholeNumber(0, 999_999_999),
} satisfies Record<keyof RequestQuery, z.ZodType>);

/** A validated query of `GET /requests`. */
export type RequestSearch = z.output<typeof querySchema>;

/** @throws InputError with all problems at once */
export function parseRequestQuery(query: unknown): RequestSearch {
  return parseBody(querySchema, query);
}

/** Reads the kind first, because the other fields depend on it. */
function kindOf(body: unknown): RequestKind {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw new InputError('the body must be a JSON object');
  }
  const { kind } = body as { kind?: unknown };
  if (kind === undefined) {
    throw atField(new InputError('kind is missing'), 'kind');
  }
  const known = REQUEST_KINDS.find(one => one === kind);
  if (!known) {
    throw atField(
      new InputError(
        `kind ${quoteUntrusted(kind)} must be "namespace", "quota" or "grant"`,
      ),
      'kind',
    );
  }
  return known;
}

/** Removes undefined fields, as storing does, so that equal values compare as equal. */
function withoutUndefined<T extends object>(value: T): T {
  return Object.fromEntries(
    Object.entries(value).filter(([, item]) => item !== undefined),
  ) as T;
}
