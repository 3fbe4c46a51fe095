import { IdentityWait } from '@berth/plugin-berth-common';
import { OwnerIdentity } from './types';

/** Returns the owners whose IDs wait for an admin, sorted. */
export function identityWaits(
  identities: ReadonlyMap<string, OwnerIdentity> = new Map(),
): IdentityWait[] {
  return [...identities.values()]
    .flatMap(({ owner, used, found, since }) =>
      used && found
        ? [
            {
              owner,
              used: used.values,
              found: found.values,
              entityUid: found.entityUid,
              another: used.entityUid !== found.entityUid,
              since,
            },
          ]
        : [],
    )
    .sort((a, b) => (a.owner < b.owner ? -1 : 1));
}
