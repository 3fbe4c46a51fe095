import { JsonValue } from '@backstage/types';

const GROUP_REF = /^(group:[^\s/]+\/[^\s/]+)(\s|$)/;

/**
 * Finds the groups that the meta of an audit event names: added shares, an owner, or `group:default/team-a admin`
 * of a grant. The Kubernetes names of a token's groups are not entity refs.
 */
export function groupRefsIn(value: JsonValue | undefined): string[] {
  if (typeof value === 'string') {
    const ref = GROUP_REF.exec(value)?.[1];
    return ref === undefined ? [] : [ref];
  }
  if (typeof value !== 'object' || value === null) {
    return [];
  }
  return [...new Set(Object.values(value).flatMap(groupRefsIn))];
}
