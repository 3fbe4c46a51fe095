import { InputError } from '@backstage/errors';
import {
  assertNamespaceName,
  CreateNamespaceRequest,
  FieldProblem,
  GrantRequest,
  NAMESPACE_ROLES,
  SetGrantsRequest,
  SetQuotaRequest,
  UpdateNamespaceRequest,
} from '@berth/plugin-berth-common';
import { z } from 'zod';
import { problemsError } from '../text/fieldProblems';
import { endField } from '../validation/endField';
import { parseBody, parsedBy } from '../validation/parseBody';
import { isVisible, ONLY_VISIBLE } from '@berth/plugin-berth-common';
import { normalizeGroupRef } from '../validation/groupRef';
import { quotaSchema } from '../validation/parseBounds';
import { systemField } from '../validation/systemRef';
import { NamespaceChange } from '../model/tenancy';

const MAX_GRANTS = 200;
const MAX_PURPOSE = 1_000;

const groupRef = (field: string) =>
  parsedBy(typed => {
    try {
      return normalizeGroupRef(typed);
    } catch (error) {
      throw error instanceof InputError
        ? new InputError(`${field} ${error.message}`)
        : error;
    }
  });

const grant = z.strictObject({
  group: groupRef('group'),
  role: z.enum(NAMESPACE_ROLES as ['admin', 'edit', 'view'], {
    error: 'must be "admin", "edit" or "view"',
  }),
  expiresAt: endField.optional(),
} satisfies Record<keyof GrantRequest, z.ZodType>);

const grants = z
  .array(grant)
  .max(MAX_GRANTS, `must hold at most ${MAX_GRANTS} grants`);

const purpose = z
  .string()
  .trim()
  .max(MAX_PURPOSE, `must be at most ${MAX_PURPOSE} characters long`)
  .regex(
    /^[^\p{Cc}\p{Zl}\p{Zp}]*$/u,
    'must be one line without control characters',
  )
  .refine(isVisible, ONLY_VISIBLE);

const namespaceSchema = z.strictObject({
  name: parsedBy(typed => {
    assertNamespaceName(typed);
    return typed;
  }),
  owner: groupRef('owner').optional(),
  system: systemField,
  purpose: purpose.optional(),
  grants: grants.default([]),
  quota: quotaSchema.optional(),
  adopt: z.boolean().default(false),
} satisfies Record<keyof CreateNamespaceRequest, z.ZodType>);

const changeSchema = z.strictObject({
  owner: groupRef('owner').nullable().optional(),
  system: systemField.nullable(),
  purpose: purpose
    .transform(text => text || null)
    .nullable()
    .optional(),
} satisfies Record<keyof UpdateNamespaceRequest, z.ZodType>);

/** A validated body of `POST /clusters/{name}/namespaces`; for `quota` only the shape is validated. */
export interface NamespaceSpec {
  name: string;
  owner?: string;
  system?: string;
  purpose?: string;
  grants: GrantRequest[];
  quota?: SetQuotaRequest;
  adopt: boolean;
}

/** @throws InputError with all problems at once */
export function parseCreateNamespace(body: unknown): NamespaceSpec {
  const spec = parseBody(namespaceSchema, body);
  return { ...spec, grants: checkGrants(spec.grants) };
}

/**
 * Reads a body of `PATCH /clusters/{name}/namespaces/{namespace}`.
 *
 * @throws InputError with all problems at once
 */
export function parseUpdateNamespace(body: unknown): NamespaceChange {
  const change = parseBody(changeSchema, body);
  if (Object.keys(change).length === 0) {
    throw new InputError(
      `the body says nothing that is to change; it must hold at least one of ${Object.keys(
        changeSchema.shape,
      ).join(', ')}`,
    );
  }
  return change;
}

/**
 * Reads a body of `PUT …/grants`.
 *
 * @throws InputError with all problems at once
 */
export function parseSetGrants(body: unknown): GrantRequest[] {
  const schema = z.strictObject({ grants } satisfies Record<
    keyof SetGrantsRequest,
    z.ZodType
  >);
  return checkGrants(parseBody(schema, body).grants);
}

function checkGrants(specs: GrantRequest[]): GrantRequest[] {
  const problems: FieldProblem[] = [];
  const seen = new Set<string>();
  const checked = specs.map(({ group, role, expiresAt }, index) => {
    if (seen.has(group)) {
      problems.push({
        path: ['grants', index, 'group'],
        message: `grants[${index}].group ${group} is in the list twice`,
      });
    }
    seen.add(group);
    return { group, role, ...(expiresAt !== undefined && { expiresAt }) };
  });
  if (problems.length > 0) {
    throw problemsError(problems);
  }
  return checked;
}
