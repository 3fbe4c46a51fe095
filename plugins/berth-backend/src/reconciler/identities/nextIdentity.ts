import { IdentityValues } from '../profiles/types';
import { CatalogIdentity, FoundIdentity, OwnerIdentity } from './types';

/**
 * Computes the IDs of an owner from what the catalog has now. The first IDs are used at once. Later, the list of more
 * groups follows the catalog; another ID of the user or the group, and another entity of the same name, wait for an
 * admin, because the files of the namespace belong to the ID. A group that the owner left is not in use any more, also
 * while another ID waits or is refused. IDs that the catalog loses stay in use.
 */
export function nextIdentity(
  before: Pick<OwnerIdentity, 'used'>,
  catalog: CatalogIdentity,
): Pick<OwnerIdentity, 'used' | 'found' | 'problem'> {
  const { used } = before;
  if ('problem' in catalog) {
    const { problem, found } = catalog;
    return { ...(used && { used: withoutLeft(used, found) }), problem };
  }
  if (used === undefined) {
    return { used: catalog };
  }
  const known = withUserOf(used, catalog);
  return isSameOwner(used, known)
    ? { used: known }
    : { used: withoutLeft(used, catalog), found: known };
}

/** A user ID that the catalog loses stays. */
function withUserOf(used: FoundIdentity, found: FoundIdentity): FoundIdentity {
  if (found.entityUid !== used.entityUid) {
    return found;
  }
  const runAsUser = found.values.runAsUser ?? used.values.runAsUser;
  return {
    ...found,
    values: { ...found.values, ...(runAsUser !== undefined && { runAsUser }) },
  };
}

/** Removes the groups that the same entity has no longer in the catalog. */
function withoutLeft(
  used: FoundIdentity,
  found: FoundIdentity | undefined,
): FoundIdentity {
  if (found?.entityUid !== used.entityUid) {
    return used;
  }
  const has = new Set(found.values.supplementalGroups);
  const supplementalGroups = used.values.supplementalGroups.filter(id =>
    has.has(id),
  );
  return { ...used, values: { ...used.values, supplementalGroups } };
}

/** Returns why a user ID that another person uses is refused. */
export function takenProblem(
  owner: string,
  { runAsUser }: IdentityValues,
): string {
  return `The user ID ${runAsUser} of ${owner} is that of another person`;
}

/** Returns whether two sets of IDs are the same. */
export function isSameIdentity(
  one: IdentityValues,
  other: IdentityValues,
): boolean {
  return (
    isSameMain(one, other) &&
    one.supplementalGroups.join() === other.supplementalGroups.join()
  );
}

function isSameOwner(used: FoundIdentity, found: FoundIdentity): boolean {
  const isFirstUser = used.values.runAsUser === undefined;
  return (
    used.entityUid === found.entityUid &&
    used.values.runAsGroup === found.values.runAsGroup &&
    (isFirstUser || used.values.runAsUser === found.values.runAsUser)
  );
}

function isSameMain(one: IdentityValues, other: IdentityValues): boolean {
  return (
    one.runAsUser === other.runAsUser && one.runAsGroup === other.runAsGroup
  );
}
