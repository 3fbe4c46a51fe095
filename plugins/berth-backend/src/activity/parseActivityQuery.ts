import { InputError } from '@backstage/errors';
import { activityFileQuerySchema } from '@berth/plugin-berth-common';
import { isValid } from 'ulid';
import { normalizeGroupRef } from '../validation/groupRef';
import { parseBody, parsedEach } from '../validation/parseBody';
import { ActivityCondition, ActivityPosition } from '../audit/types';
import { atField } from '../text/fieldProblems';

export const DEFAULT_LIMIT = 50;

const schema = activityFileQuerySchema.extend({
  group: parsedEach(activityFileQuerySchema.shape.group, normalizeGroupRef),
});

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
  const { since, until, ...terms } = rest;
  return {
    condition: {
      ...terms,
      clusters: cluster,
      groups: group,
      events: event,
      ...(since !== undefined && { since: new Date(since) }),
      ...(until !== undefined && { until: new Date(until) }),
    },
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
