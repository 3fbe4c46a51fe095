import {
  namespaceAvailabilityQuerySchema,
  namespaceQuerySchema,
} from '@berth/plugin-berth-common';
import { NamespaceSearch } from '../access/NamespaceAccess';
import { normalizeGroupRef } from '../validation/groupRef';
import { parseBody, parsedBy, parsedEach } from '../validation/parseBody';

const namespaceQuery = namespaceQuerySchema.extend({
  group: parsedEach(namespaceQuerySchema.shape.group, normalizeGroupRef),
});

const availabilityQuery = namespaceAvailabilityQuerySchema.extend({
  group: parsedBy(normalizeGroupRef).optional(),
});

/**
 * Reads the query of `GET /namespaces`.
 *
 * @throws InputError with all problems at once
 */
export function parseNamespaceQuery(
  query: unknown,
): NamespaceSearch & { limit?: number; cursor?: string } {
  const { cluster, group, ...rest } = parseBody(namespaceQuery, query);
  return { ...rest, clusters: cluster, groups: group };
}

/**
 * Reads the query of `GET …/namespaces/{namespace}/availability`.
 *
 * @throws InputError with all problems at once
 */
export function parseAvailabilityQuery(query: unknown): {
  /** The group that will own the namespace. */
  owner?: string;
  adopt?: boolean;
} {
  const { group, adopt } = parseBody(availabilityQuery, query);
  return { owner: group, adopt };
}
