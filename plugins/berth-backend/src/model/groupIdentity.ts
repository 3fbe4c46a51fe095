/*
 * A group that is deleted in the catalog and created again has the same entity ref, but perhaps other members and
 * another purpose. The access of its ref on clusters belongs to the former group. So the Kubernetes name belongs
 * to the entity, by its UID, until an admin lets the new group take over.
 */
import { ConflictError } from '@backstage/errors';
import { atField } from '../text/fieldProblems';

/** A group as the catalog has it now. */
export interface GroupIdentity {
  /** Entity ref, lowercase. */
  groupRef: string;
  /** `metadata.uid`. The catalog gives every entity one. */
  uid?: string;
}

/** Returns whether the entity has the UID that the name belongs to. Names stored without a UID match any entity. */
export function isSameGroup(
  holderUid: string | undefined,
  uid: string | undefined,
): boolean {
  return holderUid === undefined || holderUid === uid;
}

/** More are not readable. After the catalog was emptied and filled again, every group has another UID. */
const MAX_LISTED = 10;

function listOf(groupRefs: string[]): string {
  const listed = groupRefs.slice(0, MAX_LISTED).join(', ');
  const rest = groupRefs.length - MAX_LISTED;
  return rest > 0 ? `${listed} and ${rest} more groups` : listed;
}

/**
 * Returns the groups whose UIDs must be stored.
 *
 * @param holders - the UIDs that names belong to, by ref
 * @param takeOver - refs of groups that may take over the access of a former group with the same ref
 * @throws ConflictError naming the groups that were created again
 */
export function planIdentities(
  groups: GroupIdentity[],
  holders: ReadonlyMap<string, string | undefined>,
  takeOver: ReadonlySet<string>,
): GroupIdentity[] {
  const strangers = groups.filter(
    ({ groupRef, uid }) =>
      !isSameGroup(holders.get(groupRef), uid) && !takeOver.has(groupRef),
  );
  if (strangers.length > 0) {
    throw atField(
      new ConflictError(
        `${listOf(
          strangers.map(({ groupRef }) => groupRef),
        )}: deleted and created again in the catalog since a cluster was first shared with this name. The namespaces and role bindings on clusters belong to the former groups. To give them to the new groups, name those groups in "takeOver"; to keep a group out, leave it off the list`,
      ),
      'takeOver',
    );
  }
  return groups.filter(
    ({ groupRef, uid }) => uid !== undefined && holders.get(groupRef) !== uid,
  );
}
