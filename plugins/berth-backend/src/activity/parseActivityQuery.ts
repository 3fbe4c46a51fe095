import { activityFileQuerySchema } from '@berth/plugin-berth-common';
import { normalizeGroupRef } from '../validation/groupRef';
import { parseBody, parsedEach } from '../validation/parseBody';
import { ActivityCondition } from '../audit/types';

const schema = activityFileQuerySchema.extend({
  group: parsedEach(activityFileQuerySchema.shape.group, normalizeGroupRef),
});

export interface ParsedActivityQuery {
  condition: ActivityCondition;
  limit?: number;
  cursor?: string;
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
    cursor,
    format,
  };
}
