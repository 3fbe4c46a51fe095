import { IdentityValues } from '../profiles/types';
import { CatalogIdentity, FoundIdentity, OwnerIdentity } from './types';

/**
 * Computes the IDs of an owner from what the catalog has now. The first IDs are used at once. Later, the list of more
 * groups follows the catalog; another ID of the user or the group, and another entity of the same name, wait for an
 * admin, because the files of the namespace belong to the ID. IDs that the catalog loses stay in use.
 */
export function nextIdentity(
  before: Pick<OwnerIdentity, 'used'>,
  catalog: CatalogIdentity,
): Pick<OwnerIdentity, 'used' | 'found' | 'problem'> {
  const { used } = before;
  if ('problem' in catalog) {
    return { ...(used && { used }), problem: catalog.problem };
  }
  return used === undefined || isSameOwner(used, catalog)
    ? { used: catalog }
    : { used, found: catalog };
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

function isSameOwner(one: FoundIdentity, other: FoundIdentity): boolean {
  return (
    one.entityUid === other.entityUid && isSameMain(one.values, other.values)
  );
}

function isSameMain(one: IdentityValues, other: IdentityValues): boolean {
  return (
    one.runAsUser === other.runAsUser && one.runAsGroup === other.runAsGroup
  );
}
