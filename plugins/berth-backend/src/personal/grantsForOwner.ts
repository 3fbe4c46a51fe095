import { NAMESPACE_ROLES, NamespaceRole } from '@berth/plugin-berth-common';
import { GrantRecord, GrantSpec, PersonalRole } from '../model/tenancy';
import { normalizeGroupRef } from '../validation/groupRef';

/**
 * Returns the grants of a personal namespace whose new owner is a group. The group gets the role that the person had,
 * unless it has a higher one without an end already. The grants of other groups stay.
 *
 * @param current - the grants of the namespace
 * @param owner - the new owner, with the `metadata.uid` of its entity
 * @param role - the role of the person
 */
export function grantsForOwner(
  current: GrantRecord[],
  owner: { ref: string; uid?: string },
  role: PersonalRole,
): GrantSpec[] {
  const ownerRef = normalizeGroupRef(owner.ref);
  const given = current.filter(({ source }) => source === 'grant');
  const held = given.find(({ group }) => group === ownerRef);
  const isHigher =
    held !== undefined &&
    held.expiresAt === undefined &&
    rank(held.role) < rank(role);
  return [
    ...given
      .filter(({ group }) => group !== ownerRef)
      .map(({ group, groupUid, role: kept, expiresAt }) => ({
        group,
        uid: groupUid,
        role: kept,
        expiresAt,
      })),
    { group: owner.ref, uid: owner.uid, role: isHigher ? held.role : role },
  ];
}

/** The strongest role comes first. */
function rank(role: NamespaceRole): number {
  return NAMESPACE_ROLES.indexOf(role);
}
