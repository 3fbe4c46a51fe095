import { isSameGroup } from '../model/groupIdentity';
import { Person } from '../model/people';

/** An entitlement of a group: a share or a grant. */
export interface GroupEntitlement {
  /** Entity ref. */
  group: string;
  /** The `metadata.uid` of the group's entity. */
  groupUid?: string;
}

/** Filters shares or grants by the person's own groups. A group that was created again does not match. */
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
