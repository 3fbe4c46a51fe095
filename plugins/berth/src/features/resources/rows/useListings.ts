import { useRef } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import { ResourceListQuery } from '@berth/plugin-berth-common';
import { berthApiRef } from '../../../api';
import { KnownRefusals } from '../../../kit/listing';
import { Polled, usePolled, useReportedChanges } from '../../../kit/query';
import { KnownKind, parseKind } from '../kinds';
import { Listing } from './collect';
import { loadListing } from './loadListing';
import { RESOURCES_KEY } from './useListing';

const INTERVAL = 60_000;
/** Lists that are open at a time. A browser has only six connections to a portal. */
const AT_A_TIME = 2;

/** The list of each kind, or why there is none. Absent until the kind is listed. */
export type Listings = Partial<
  Record<KnownKind, { listing?: Listing; error?: unknown }>
>;

/**
 * Lists several kinds in one place, for an overview of them: a few at a time, and less often than a list that a person
 * works with.
 *
 * @param kinds - must stay the same
 */
export function useListings(
  kinds: readonly KnownKind[],
  query: ResourceListQuery,
): Polled<Listings> {
  const api = useApi(berthApiRef);
  const refusals = useRef(new Map<KnownKind, KnownRefusals>());
  useReportedChanges(() => refusals.current.clear());
  return usePolled<Listings>({
    key: [RESOURCES_KEY, kinds, query],
    load: async ({ signal, previous, publish }) => {
      let listings: Listings = previous ?? {};
      const waiting = [...kinds];
      const loadNext = async (): Promise<void> => {
        const kind = waiting.shift();
        if (!kind) {
          return;
        }
        const known = refusals.current.get(kind) ?? new KnownRefusals();
        refusals.current.set(kind, known);
        const former = listings[kind]?.listing;
        try {
          const listing = await loadListing(api, parseKind(kind)!, query, {
            refusals: known.current(),
            pages: 1,
            fetch: { signal, previous: former, publish: () => {} },
          });
          known.add(listing.failures);
          listings = { ...listings, [kind]: { listing } };
        } catch (error) {
          signal.throwIfAborted();
          listings = { ...listings, [kind]: { listing: former, error } };
        }
        publish(listings);
        await loadNext();
      };
      await Promise.all(Array.from({ length: AT_A_TIME }, loadNext));
      return listings;
    },
    every: INTERVAL,
    keepsParts: true,
    ignoresChanges: true,
  });
}
