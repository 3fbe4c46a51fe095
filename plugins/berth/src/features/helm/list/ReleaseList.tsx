import { useCallback, useMemo, useRef } from 'react';
import { Skeleton, Text } from '@backstage/ui';
import { HelmReleaseQuery } from '@berth/plugin-berth-common';
import useMeasure from 'react-use/esm/useMeasure';
import { ListFrame, NoMatch, useReleaseHref, useText } from '../../../kit';
import { useUrlQuery } from '../../../kit/hooks';
import { Sort, VirtualTable } from '../../../kit/list';
import { FailureBanner, isRefused, PlacedRow } from '../../../kit/listing';
import styles from '../helm.module.css';
import { releaseColumns } from './releaseColumns';
import { ReleaseFilters } from './ReleaseFilters';
import { ReleaseListing, ReleaseRow } from './ReleaseCollector';
import { ReleasesEmpty } from './ReleasesEmpty';
import {
  formatReleasesQuery,
  isFiltered,
  NO_FILTERS,
  parseReleasesQuery,
  ReleasesQuery,
} from './releasesQuery';
import { countStates, matching, ordered } from './select';
import { useReleases } from './useReleases';

/** Where the releases of a list are, if a page is about a part of them only. */
export interface ReleaseScope {
  clusters: readonly string[];
  namespaces: readonly string[];
  /** Returns whether a row belongs to the list: not every namespace of the scope is on every cluster of it. */
  includes?: (row: PlacedRow) => boolean;
}

/** The columns keep their widths while the window changes by less, in pixels. */
const STEP = 40;
const ROW_HEIGHT = 56;

/** Lists Helm releases over clusters and namespaces. The search and the filters are in the URL. */
export function ReleaseList({ scope }: { scope?: ReleaseScope }) {
  const t = useText();
  const hrefOf = useReleaseHref();
  const [query, onQueryChange] = useUrlQuery(
    parseReleasesQuery,
    formatReleasesQuery,
  );
  const polled = useReleases(requestOf(query, scope));
  const { shown: listing, isStale } = polled;
  const { all, shown, counts } = useSelected(listing, query, scope);
  const choices = useChoices(listing, all);
  const [ref, { width }] = useMeasure<HTMLDivElement>();
  const room = Math.floor(width / STEP) * STEP;
  const withCluster = choices.clusters.length > 1;
  const columns = useMemo(
    () => releaseColumns(t, hrefOf, { withCluster, room }),
    [t, hrefOf, withCluster, room],
  );
  const onSort = useCallback(
    (sort: Sort) => onQueryChange({ sort }),
    [onQueryChange],
  );
  const isSettled = Boolean(listing?.isComplete && !isStale);
  const isEmpty =
    listing &&
    isSettled &&
    all.length === 0 &&
    // Without the filters, the answer would be the same.
    (!isFiltered(query) || isRefused(listing));
  return (
    <div ref={ref}>
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
        filters={
          <ReleaseFilters
            query={query}
            onQueryChange={onQueryChange}
            choices={{ ...choices, ...counts }}
          />
        }
        note={
          listing && (
            <CountNote
              listing={listing}
              total={all.length}
              shown={shown.length}
              problems={counts.problems}
            />
          )
        }
        empty={isEmpty && <ReleasesEmpty listing={listing} />}
        isNothing={isSettled && shown.length === 0}
        noMatch={
          <NoMatch
            title={t('resources.noMatch.title')}
            description={t('helm.noMatch')}
            clear={t('resources.noMatch.clear')}
            onClear={() => onQueryChange(NO_FILTERS)}
          />
        }
      >
        {listing && (shown.length > 0 || isSettled) ? (
          <div className={isStale ? styles.stale : undefined}>
            <VirtualTable
              label={t('helm.title')}
              rows={shown}
              columns={columns}
              rowHeight={ROW_HEIGHT}
              sort={query.sort}
              onSort={onSort}
            />
          </div>
        ) : (
          <Skeleton width="100%" height={240} />
        )}
      </ListFrame>
    </div>
  );
}

function requestOf(
  query: ReleasesQuery,
  scope?: ReleaseScope,
): HelmReleaseQuery {
  const within = (chosen: string[], all: readonly string[] = []) => {
    const names = chosen.length > 0 ? chosen : all;
    return names.length > 0 ? [...names].sort() : undefined;
  };
  const cluster = within(query.clusters, scope?.clusters);
  const namespace = within(query.namespaces, scope?.namespaces);
  return { ...(cluster && { cluster }), ...(namespace && { namespace }) };
}

/** Filters and sorts the releases. Each step runs again only when its input changes. */
function useSelected(
  listing: ReleaseListing | undefined,
  query: ReleasesQuery,
  scope?: ReleaseScope,
) {
  const { status, sort } = query;
  const includes = scope?.includes;
  const all = useMemo(() => {
    const rows = listing?.rows ?? [];
    return includes ? rows.filter(includes) : rows;
  }, [listing, includes]);
  const found = useMemo(() => matching(all, query), [all, query]);
  const counts = useMemo(() => countStates(found), [found]);
  const shown = useMemo(
    () => ordered(found, { status, sort }),
    [found, status, sort],
  );
  return { all, shown, counts };
}

/** Returns the names to filter by: all that the page has seen, also when a filter hides them. */
function useChoices(
  listing: ReleaseListing | undefined,
  rows: readonly ReleaseRow[],
) {
  const seen = useRef({
    clusters: new Set<string>(),
    namespaces: new Set<string>(),
    charts: new Set<string>(),
  });
  return useMemo(() => {
    const { clusters, namespaces, charts } = seen.current;
    Object.keys(listing?.clusters ?? {}).forEach(name => clusters.add(name));
    for (const { namespace, release } of rows) {
      namespaces.add(namespace);
      if (release.chart) {
        charts.add(release.chart.name);
      }
    }
    return {
      clusters: [...clusters].sort(),
      namespaces: [...namespaces].sort(),
      charts: [...charts].sort(),
    };
  }, [listing, rows]);
}

/** Shows how many releases there are, and whether some are still missing. */
function CountNote(props: {
  listing: ReleaseListing;
  total: number;
  shown: number;
  problems: number;
}) {
  const { listing, total, shown, problems } = props;
  const t = useText();
  const number = (count: number) => count.toLocaleString('en');
  if (!listing.isComplete) {
    const clusters = Object.values(listing.clusters);
    const answered = clusters.filter(({ state }) => state !== 'loading');
    return (
      <Text
        as="p"
        className={styles.count}
        variant="body-small"
        color="secondary"
        role="status"
      >
        {t('helm.count.loading', {
          number: number(total),
          answered: String(answered.length),
          total: String(clusters.length),
        })}
      </Text>
    );
  }
  return (
    <Text
      as="p"
      className={styles.count}
      variant="body-small"
      color="secondary"
    >
      {shown === total
        ? t('helm.count.all', { count: total, number: number(total) })
        : t('helm.count.some', { shown: number(shown), total: number(total) })}
      {problems > 0 && ` ${t('resources.count.problems', { count: problems })}`}
    </Text>
  );
}
