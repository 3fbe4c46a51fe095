import { JsonValue } from '@backstage/types';

const GROUP_REF = /^(group:[^\s/]+\/[^\s/]+)(\s|$)/;

/**
 * The groups that an audit event names, wherever in its meta: shares that were added, an owner, or
 * `group:default/team-a admin` of a grant. What a token's groups are called on clusters is no entity ref.
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
