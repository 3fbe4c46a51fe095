import { ReactNode } from 'react';
import { Skeleton } from '@backstage/ui';
import { ListFrame, NoMatch } from '../list';
import { useText } from '../useText';
import { FailureBanner } from './FailureBanner';
import { isRefused } from './failures';
import styles from './listing.module.css';
import { PlacedRow, RowListing } from './RowCollector';
import { StreamedList } from './useStreamedList';

/** What surrounds the table of a list over clusters: filters, failures, the count, and why there is no row. */
export function StreamedFrame<Listing extends RowListing<PlacedRow>>(props: {
  polled: StreamedList<Listing>;
  /** The number of all rows, and of those that match the filters. */
  total: number;
  shown: number;
  isFiltered: boolean;
  onClear: () => void;
  filters: ReactNode;
  /** Notes about the rows, above the table. */
  note: (listing: Listing) => ReactNode;
  /** Explains why there is no row. */
  empty: (listing: Listing) => ReactNode;
  /** Explains why no row matches the filters. */
  noMatch: string;
  /** The table. */
  children: ReactNode;
}) {
  const { polled, total, shown, isFiltered, onClear, filters } = props;
  const { note, empty, noMatch, children } = props;
  const t = useText();
  const { shown: listing, isStale } = polled;
  const isSettled = isSettledList(polled);
  const isEmpty =
    listing &&
    isSettled &&
    total === 0 &&
    // Without the filters, the answer would be the same.
    (!isFiltered || isRefused(listing));
  return (
    <ListFrame
      polled={polled}
      hasRows={listing !== undefined}
      keepFilters
      banner={
        listing && (
          <FailureBanner
            listing={listing}
            onRetry={polled.refresh}
            isRetrying={polled.refreshing}
          />
        )
      }
      filters={filters}
      note={listing && note(listing)}
      empty={isEmpty && empty(listing)}
      isNothing={isSettled && shown === 0}
      noMatch={
        <NoMatch
          title={t('resources.noMatch.title')}
          description={noMatch}
          clear={t('resources.noMatch.clear')}
          onClear={onClear}
        />
      }
    >
      {listing && (shown > 0 || isSettled) ? (
        <div className={isStale ? styles.stale : undefined}>{children}</div>
      ) : (
        <Skeleton width="100%" height={240} />
      )}
    </ListFrame>
  );
}

/** Returns whether all clusters have answered for the list that is shown. */
export function isSettledList<Listing extends RowListing<PlacedRow>>({
  shown,
  isStale,
}: StreamedList<Listing>): boolean {
  return Boolean(shown?.isComplete && !isStale);
}
