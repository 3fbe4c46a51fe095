import { z } from 'zod';
import { NamespaceSearch } from '../access/NamespaceAccess';
import { parseBody, parsedBy } from '../validation/parseBody';
import { normalizeGroupRef } from '../validation/groupRef';

const MAX_LIMIT = 500;
const MAX_TEXT = 253;

/** The schema of a query parameter with one or several values. */
function many<T extends z.ZodType<string>>(item: T) {
  return z
    .preprocess(
      value => (typeof value === 'string' ? [value] : value),
      z.array(item),
    )
    .optional();
}

const text = z
  .string()
  .max(MAX_TEXT, `must be at most ${MAX_TEXT} characters long`);

const flag = z
  .enum(['true', 'false'], { error: 'must be "true" or "false"' })
  .transform(value => value === 'true')
  .optional();

function wholeNumber(least: number, most: number) {
  const rule = `must be a whole number from ${least} to ${most}`;
  return z
    .string()
    .regex(/^\d{1,9}$/, rule)
    .transform(Number)
    .refine(value => value >= least && value <= most, rule)
    .optional();
}

const schema = z.strictObject({
  cluster: many(text),
  search: text.optional(),
  group: many(parsedBy(normalizeGroupRef)),
  phase: z
    .enum(['Pending', 'Active', 'Terminating'], {
      error: 'must be "Pending", "Active" or "Terminating"',
    })
    .optional(),
  mine: flag,
  unbounded: flag,
  orderBy: z
    .enum(['name', 'cluster', 'owner', 'phase', 'createdAt'], {
      error: 'must be "name", "cluster", "owner", "phase" or "createdAt"',
    })
    .optional(),
  order: z
    .enum(['asc', 'desc'], { error: 'must be "asc" or "desc"' })
    .optional(),
  limit: wholeNumber(1, MAX_LIMIT),
  offset: wholeNumber(0, 999_999_999),
});

/**
 * Reads the query of `GET /namespaces`.
 *
 * @throws InputError with all problems at once
 */
export function parseNamespaceQuery(query: unknown): NamespaceSearch {
  const { cluster, group, ...rest } = parseBody(schema, query);
  return { ...rest, clusters: cluster, groups: group };
}

/**
 * Reads the query of `GET …/namespaces/{namespace}/availability`.
 *
 * @returns the group that will own the namespace
 * @throws InputError with all problems at once
 */
export function parseOwnerQuery(query: unknown): string | undefined {
  const ownerSchema = z.strictObject({
    group: parsedBy(normalizeGroupRef).optional(),
  });
  return parseBody(ownerSchema, query).group;
}
