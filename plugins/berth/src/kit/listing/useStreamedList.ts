import { useCallback, useRef } from 'react';
import { QueryKey } from '@tanstack/react-query';
import { Fetch, Polled, usePolled, useReportedChanges } from '../query';
import { KnownRefusals, Refusals } from './refusals';
import { PlacedRow, RowListing } from './RowCollector';

const INTERVAL = 20_000;
/** How many times longer than the list itself the pause after it is at least. */
const PAUSE_FACTOR = 10;
/** The least milliseconds between two pictures of a list that arrives. */
const PACE = 250;
/** Milliseconds for each row: pictures of many rows would delay the rows themselves. */
const PACE_PER_ROW = 0.04;

/** A list over clusters that is kept up to date. */
export interface StreamedList<Listing> extends Polled<Listing> {
  /** The list to show: the former one of the section, until another has rows. */
  shown?: Listing;
  /** Whether a list other than `shown` is loading. */
  isStale: boolean;
  /** Fetches the next rows of clusters that have more. */
  loadMore: () => Promise<void>;
}

/** What the load of a list needs. */
export interface ListLoad<Listing> {
  fetch: Fetch<Listing>;
  /** What the clusters refused, which is not asked again. */
  refusals: Refusals;
  /** How many pages of rows to fetch from each cluster. */
  pages: number;
}

/**
 * Lists something over clusters and namespaces, again while the page is visible. Rows appear as the clusters answer.
 * What a cluster refuses is asked again when a person refreshes, after a change of Berth, such as a new share, and rarely
 * otherwise: each refusal is an entry in the audit log of the cluster.
 */
export function useStreamedList<
  Listing extends RowListing<PlacedRow>,
>(options: {
  /** The name of the list, including everything that `load` depends on. */
  key: QueryKey;
  /** A former list is shown, and its refusals count, only within the same section. */
  section: string;
  load: (load: ListLoad<Listing>) => Promise<Listing>;
  /** The least milliseconds between two lists. */
  interval?: number;
}): StreamedList<Listing> {
  const { key, section, load, interval = INTERVAL } = options;
  const known = useRef({ section, refusals: new KnownRefusals() });
  if (known.current.section !== section) {
    known.current = { section, refusals: new KnownRefusals() };
  }
  // A running load adds its refusals to the former ones, which may be refused no longer.
  const forget = useCallback(() => {
    known.current = { ...known.current, refusals: new KnownRefusals() };
  }, []);
  useReportedChanges(forget);
  const pages = useRef({ key: '', number: 1 });
  const written = JSON.stringify(key);
  if (pages.current.key !== written) {
    pages.current = { key: written, number: 1 };
  }
  const polled = usePolled<Listing>({
    key,
    load: async fetch => {
      const { refusals } = known.current;
      const listing = await load({
        fetch,
        refusals: refusals.current(),
        pages: pages.current.number,
      });
      refusals.add(listing.failures);
      return listing;
    },
    every: listing => Math.max(interval, PAUSE_FACTOR * (listing?.took ?? 0)),
    keepsParts: true,
    ignoresChanges: true,
  });
  const { value, refresh: fetchAgain } = polled;
  const last = useRef<{ section: string; listing: Listing }>();
  if (last.current?.section !== section) {
    last.current = undefined;
  }
  if (value && (value.isComplete || value.rows.length > 0 || !last.current)) {
    last.current = { section, listing: value };
  }
  const refresh = useCallback(() => {
    forget();
    return fetchAgain();
  }, [forget, fetchAgain]);
  const loadMore = useCallback(() => {
    pages.current.number += 1;
    return fetchAgain();
  }, [fetchAgain]);
  const shown = last.current?.listing;
  return {
    ...polled,
    refresh,
    loadMore,
    shown,
    isStale: shown !== undefined && shown !== value,
  };
}

/**
 * Adds the lines of a list to a collector, and shows a part of the first list before all of it has arrived. Later lists
 * replace the former one as a whole, so that no row goes and comes back.
 *
 * @param read - adds all lines, and calls its argument after each one
 */
export async function collectLines<Listing extends RowListing<PlacedRow>>(
  collector: { size: number; listing: (isComplete: boolean) => Listing },
  { previous, publish }: Fetch<Listing>,
  read: (onLine: () => void) => Promise<void>,
): Promise<Listing> {
  const picture = paced(
    () => publish(collector.listing(false)),
    () => Math.max(PACE, collector.size * PACE_PER_ROW),
  );
  try {
    await read(previous?.isComplete ? () => {} : picture.draw);
  } finally {
    picture.stop();
  }
  return collector.listing(true);
}

/** Runs a function at once, and then at most once in each interval, also after the last call. */
function paced(
  run: () => void,
  interval: () => number,
): { draw: () => void; stop: () => void } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let ranAt = 0;
  return {
    draw: () => {
      timer ??= setTimeout(() => {
        timer = undefined;
        ranAt = Date.now();
        run();
      }, Math.max(0, ranAt + interval() - Date.now()));
    },
    stop: () => clearTimeout(timer),
  };
}
