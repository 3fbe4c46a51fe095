/*
 * A group that is deleted in the catalog and made again has the same entity ref, and perhaps other people
 * and another purpose. What its ref held on clusters was given to the former one, so the Kubernetes name
 * belongs to the entity, by its UID, until an admin says that the new one takes over.
 */
import { ConflictError } from '@backstage/errors';

/** A group of the catalog as it is now. */
export interface GroupIdentity {
  /** Entity ref, lowercase. */
  groupRef: string;
  /** `metadata.uid`; the catalog gives every entity one. */
  uid?: string;
}

/** Whether the entity is the one that a name was given to. Names from before UIDs were kept match any. */
export function isSameGroup(
  holderUid: string | undefined,
  uid: string | undefined,
): boolean {
  return holderUid === undefined || holderUid === uid;
}

/** More than anybody compares; a catalog that was emptied and came back gives every group another UID. */
const MAX_LISTED = 10;

function listOf(groupRefs: string[]): string {
  const listed = groupRefs.slice(0, MAX_LISTED).join(', ');
  const rest = groupRefs.length - MAX_LISTED;
  return rest > 0 ? `${listed} and ${rest} more groups` : listed;
}

/**
 * Says whose UIDs are to be stored.
 *
 * @param holders - the UIDs that names belong to, by ref
 * @param takeOver - refs of groups that may take over what a former group of their ref had
 * @throws ConflictError naming the groups that were made again
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
    throw new ConflictError(
      `${listOf(
        strangers.map(({ groupRef }) => groupRef),
      )}: deleted and created again in the catalog since a cluster was first shared with this name. The namespaces and role bindings on clusters belong to the former groups. To give them to the new groups, name those groups in "takeOver"; to keep a group out, leave it off the list`,
    );
  }
  return groups.filter(
    ({ groupRef, uid }) => uid !== undefined && holders.get(groupRef) !== uid,
  );
}
