import { IdentitySource, IdentityStore } from './types';

/**
 * Reads the IDs of owners from the store.
 *
 * @param onUnknown - called with the owners whose IDs were never read
 */
export function identitySource(
  store: Pick<IdentityStore, 'list'>,
  onUnknown: (owners: string[]) => void = () => {},
): IdentitySource {
  return {
    async of(owners) {
      const distinct = [...new Set(owners)];
      const known = new Map(
        (await store.list(distinct)).map(one => [one.owner, one]),
      );
      const unknown = distinct.filter(owner => !known.has(owner));
      if (unknown.length > 0) {
        onUnknown(unknown);
      }
      return known;
    },
  };
}
