import { toError } from '@backstage/errors';
import {
  addShareRequestSchema,
  FieldProblem,
  removeShareQuerySchema,
  SetSharesRequest,
  setSharesRequestSchema,
} from '@berth/plugin-berth-common';
import { normalizeGroupRef } from '../../validation/groupRef';
import { problemsError } from '../../text/fieldProblems';
import { quoteUntrusted } from '../../text/quoteUntrusted';
import { parseBody } from '../../validation/parseBody';

/**
 * Reads the body of `POST /clusters/{name}/shares`.
 *
 * @returns a set with the one group, in the form of `parseSetShares`
 * @throws InputError with all problems at once
 */
export function parseAddShare(body: unknown): Required<SetSharesRequest> {
  const { group, name, takeOver } = parseBody(addShareRequestSchema, body);
  return parseSetShares({
    groups: [group],
    ...(name !== undefined && { names: { [group]: name } }),
    ...(takeOver && { takeOver: [group] }),
  });
}

/**
 * Reads the query of `DELETE /clusters/{name}/shares`.
 *
 * @returns the normalized ref of the group
 * @throws InputError
 */
export function parseRemoveShare(query: unknown): string {
  return normalizeGroupRef(parseBody(removeShareQuerySchema, query).group);
}

/**
 * Reads the body of `PUT /clusters/{name}/shares`.
 *
 * @returns the normalized refs of the groups without repetitions; `names` by normalized ref; `takeOver` normalized
 * @throws InputError with all problems at once
 */
export function parseSetShares(body: unknown): Required<SetSharesRequest> {
  const request = parseBody(setSharesRequestSchema, body);
  const problems: FieldProblem[] = [];
  const normalize = (groupRef: string, ...path: FieldProblem['path']) => {
    try {
      return normalizeGroupRef(groupRef);
    } catch (error) {
      problems.push({ path, message: toError(error).message });
      return undefined;
    }
  };

  const groups = new Set(
    request.groups
      .map((ref, index) => normalize(ref, 'groups', index))
      .filter(ref => ref !== undefined),
  );
  const names = new Map<string, string>();
  for (const [typedRef, name] of Object.entries(request.names ?? {})) {
    const groupRef = normalize(typedRef, 'names');
    if (groupRef === undefined) {
      continue;
    }
    if (!groups.has(groupRef)) {
      problems.push({
        path: ['names'],
        message: `names holds ${quoteUntrusted(
          typedRef,
        )}, which is not one of the groups`,
      });
    }
    if (names.has(groupRef) && names.get(groupRef) !== name) {
      problems.push({
        path: ['names'],
        message: `names holds ${groupRef} twice, in different spellings`,
      });
    }
    names.set(groupRef, name);
  }

  const takeOver = (request.takeOver ?? []).map((typedRef, index) => {
    const groupRef = normalize(typedRef, 'takeOver', index);
    if (groupRef !== undefined && !groups.has(groupRef)) {
      problems.push({
        path: ['takeOver', index],
        message: `takeOver holds ${quoteUntrusted(
          typedRef,
        )}, which is not one of the groups`,
      });
    }
    return groupRef ?? '';
  });

  if (problems.length > 0) {
    throw problemsError(problems);
  }
  return { groups: [...groups], names: Object.fromEntries(names), takeOver };
}
