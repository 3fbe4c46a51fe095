import { InputError } from '@backstage/errors';
import { ActivityQuery } from '@berth/plugin-berth-common';
import { isValid } from 'ulid';
import { z } from 'zod';
import { normalizeGroupRef } from '../validation/groupRef';
import { parseBody, parsedBy } from '../validation/parseBody';
import { ActivityCondition, ActivityPosition } from '../audit/types';
import { atField } from '../text/fieldProblems';

export const DEFAULT_LIMIT = 50;
const MAX_LIMIT = 500;
const MAX_TEXT = 253;

const text = z
  .string()
  .min(1, 'must not be empty')
  .max(MAX_TEXT, `must be at most ${MAX_TEXT} characters long`)
  .regex(/^\P{Cc}*$/u, 'must be without control characters');

/** Accepts one or several values of a query parameter. */
function many<T extends z.ZodType<string>>(item: T) {
  return z
    .preprocess(
      value => (typeof value === 'string' ? [value] : value),
      z.array(item).max(100, 'must hold at most 100 values'),
    )
    .optional();
}

const time = z
  .union(
    [z.iso.datetime({ offset: true }), z.iso.date()],
    'must be an ISO 8601 time or date, such as 2027-01-31T18:00:00Z',
  )
  .transform(value => new Date(value))
  .optional();

const limitRule = `must be a whole number from 1 to ${MAX_LIMIT}`;

const schema = z.strictObject({
  cluster: many(text),
  namespace: text.optional(),
  actor: text.optional(),
  group: many(parsedBy(normalizeGroupRef)),
  event: many(text),
  outcome: z
    .enum(['Started', 'Succeeded', 'Failed'], {
      error: 'must be "Started", "Succeeded" or "Failed"',
    })
    .optional(),
  jti: text.optional(),
  since: time,
  until: time,
  limit: z
    .string()
    .regex(/^\d{1,4}$/, limitRule)
    .transform(Number)
    .refine(value => value >= 1 && value <= MAX_LIMIT, limitRule)
    .optional(),
  cursor: text.optional(),
  format: z
    .enum(['json', 'csv', 'jsonl'], {
      error: 'must be "json", "csv" or "jsonl"',
    })
    .optional(),
} satisfies Record<keyof ActivityQuery | 'format', z.ZodType>);

export interface ParsedActivityQuery {
  condition: ActivityCondition;
  limit?: number;
  position?: ActivityPosition;
  format?: 'json' | 'csv' | 'jsonl';
}

/** @throws InputError with all problems at once */
export function parseActivityQuery(query: unknown): ParsedActivityQuery {
  const parsed = parseBody(schema, query);
  const { cluster, group, event, limit, cursor, format, ...rest } = parsed;
  return {
    condition: { ...rest, clusters: cluster, groups: group, events: event },
    limit,
    format,
    ...(cursor !== undefined && { position: parseCursor(cursor) }),
  };
}

/** @throws InputError if it is not a cursor of this API */
export function parseCursor(cursor: string): ActivityPosition {
  const [direction, id, ...more] = cursor.split('.');
  if (
    (direction !== 'older' && direction !== 'newer') ||
    !isValid(id ?? '') ||
    more.length > 0
  ) {
    throw atField(
      new InputError(
        'cursor is not one that this list gave; begin again without it',
      ),
      'cursor',
    );
  }
  return { direction, id };
}

export function toCursor({ direction, id }: ActivityPosition): string {
  return `${direction}.${id}`;
}
