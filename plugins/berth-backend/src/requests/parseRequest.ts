import { InputError } from '@backstage/errors';
import {
  assertNamespaceName,
  dnsLabelSchema,
  grantRequestSpecSchema,
  namespaceRequestSpecSchema,
  quotaRequestSpecSchema,
  REQUEST_KINDS,
  requestCreationSchema,
  RequestDecision,
  requestDecisionSchema,
  RequestKind,
  requestQuerySchema,
  RequestSpec,
} from '@berth/plugin-berth-common';
import { z } from 'zod';
import { normalizeGroupRef } from '../validation/groupRef';
import { quoteUntrusted } from '../text/quoteUntrusted';
import { systemField } from '../validation/systemRef';
import { parseBody, parsedBy } from '../validation/parseBody';
import { atField } from '../text/fieldProblems';

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

const group = parsedBy(normalizeGroupRef, 'group');

const specs = {
  namespace: namespaceRequestSpecSchema.extend({
    namespace: newNamespace,
    group,
    system: systemField,
  }),
  quota: quotaRequestSpecSchema.extend({ namespace: dnsLabelSchema }),
  grant: grantRequestSpecSchema.extend({ namespace: dnsLabelSchema, group }),
} satisfies Record<RequestKind, z.ZodType>;

const creation = {
  ...requestCreationSchema.shape,
  draft: requestCreationSchema.shape.draft.default(false),
};

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

/** @throws InputError with all problems at once */
export function parseDecision(body: unknown): RequestDecision {
  const { decision, comment } = parseBody(requestDecisionSchema, body);
  if (decision === 'deny' && !comment) {
    throw atField(
      new InputError('comment is missing: say why, to deny'),
      'comment',
    );
  }
  return { decision, ...(comment && { comment }) };
}

const querySchema = requestQuerySchema.extend({
  scope: requestQuerySchema.shape.scope.default('mine'),
});

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
