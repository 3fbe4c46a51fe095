import { isSameGroup } from '../model/groupIdentity';
import { Person } from '../model/people';

/** What a group has: a share, or a grant. */
export interface GroupEntitlement {
  /** Entity ref. */
  group: string;
  /** The `metadata.uid` of the entity that is meant. */
  groupUid?: string;
}

/** Those of some shares or grants that are of a person's own groups, which a group made again is not. */
export function entitlementsOf<T extends GroupEntitlement>(
  person: Pick<Person, 'memberships'>,
  items: T[],
): T[] {
  const uids = new Map(
    person.memberships.map(({ group, uid }) => [group, uid]),
  );
  return items.filter(
    ({ group, groupUid }) =>
      uids.has(group) && isSameGroup(groupUid, uids.get(group)),
  );
}
