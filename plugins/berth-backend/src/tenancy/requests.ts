import { InputError } from '@backstage/errors';
import {
  assertNamespaceName,
  createNamespaceRequestSchema,
  FieldProblem,
  GrantRequest,
  grantRequestSchema,
  SetQuotaRequest,
  setGrantsRequestSchema,
  updateNamespaceRequestSchema,
} from '@berth/plugin-berth-common';
import { problemsError } from '../text/fieldProblems';
import { parseBody, parsedBy, withItems } from '../validation/parseBody';
import { normalizeGroupRef } from '../validation/groupRef';
import { systemField } from '../validation/systemRef';
import { NamespaceChange } from '../model/tenancy';

const groupRef = (field: string) => parsedBy(normalizeGroupRef, field);

const grant = grantRequestSchema.extend({ group: groupRef('group') });

const setGrantsSchema = setGrantsRequestSchema.extend({
  grants: withItems(setGrantsRequestSchema.shape.grants, grant),
});

const namespaceSchema = createNamespaceRequestSchema.extend({
  name: parsedBy(typed => {
    assertNamespaceName(typed);
    return typed;
  }),
  owner: groupRef('owner').optional(),
  system: systemField,
  grants: setGrantsSchema.shape.grants.default([]),
  adopt: createNamespaceRequestSchema.shape.adopt.default(false),
});

const changeSchema = updateNamespaceRequestSchema.extend({
  owner: groupRef('owner').nullable().optional(),
  system: systemField.nullable(),
  purpose: updateNamespaceRequestSchema.shape.purpose
    .unwrap()
    .transform(text => text || null)
    .optional(),
});

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
  return checkGrants(parseBody(setGrantsSchema, body).grants);
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
