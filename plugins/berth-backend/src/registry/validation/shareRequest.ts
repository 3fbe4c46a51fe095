import { InputError, isError } from '@backstage/errors';
import { SetSharesRequest } from '@berth/plugin-berth-common';
import { z } from 'zod';
import { normalizeGroupRef } from '../../tenancy/groupRef';
import { shown } from '../../tenancy/shown';
import { parseBody } from '../../validation/parseBody';

const MAX_GROUPS = 500;
const MAX_NAME = 63;

const schema = z.strictObject({
  groups: z
    .array(z.string())
    .max(MAX_GROUPS, `must hold at most ${MAX_GROUPS} groups`),
  names: z
    .record(
      z.string(),
      z.string().max(MAX_NAME, `must be at most ${MAX_NAME} characters long`),
    )
    .default({}),
  takeOver: z
    .array(z.string())
    .max(MAX_GROUPS, `must hold at most ${MAX_GROUPS} groups`)
    .default([]),
} satisfies Record<keyof SetSharesRequest, z.ZodType>);

/**
 * Reads the body of `PUT /clusters/{name}/shares`.
 *
 * @returns the groups' refs normalised and without repetitions; `names` by normalised ref;
 *   `takeOver` normalised
 * @throws InputError with all problems at once
 */
export function parseSetShares(body: unknown): Required<SetSharesRequest> {
  const request = parseBody(schema, body);
  const problems: string[] = [];
  const normalize = (groupRef: string) => {
    try {
      return normalizeGroupRef(groupRef);
    } catch (error) {
      problems.push(isError(error) ? error.message : String(error));
      return undefined;
    }
  };

  const groups = new Set(
    request.groups.map(normalize).filter(ref => ref !== undefined),
  );
  const names = new Map<string, string>();
  for (const [typedRef, name] of Object.entries(request.names)) {
    const groupRef = normalize(typedRef);
    if (groupRef === undefined) {
      continue;
    }
    if (!groups.has(groupRef)) {
      problems.push(
        `names holds ${shown(typedRef)}, which is not one of the groups`,
      );
    }
    if (names.has(groupRef) && names.get(groupRef) !== name) {
      problems.push(`names holds ${groupRef} twice, in different spellings`);
    }
    names.set(groupRef, name);
  }

  const takeOver = request.takeOver.map(typedRef => {
    const groupRef = normalize(typedRef);
    if (groupRef !== undefined && !groups.has(groupRef)) {
      problems.push(
        `takeOver holds ${shown(typedRef)}, which is not one of the groups`,
      );
    }
    return groupRef ?? '';
  });

  if (problems.length > 0) {
    throw new InputError([...new Set(problems)].join('; '));
  }
  return { groups: [...groups], names: Object.fromEntries(names), takeOver };
}
