import { useCallback, useMemo } from 'react';
import useMeasure from 'react-use/esm/useMeasure';
import { useReleaseHref, useText } from '../../../kit';
import { useUrlQuery } from '../../../kit/hooks';
import { Sort, VirtualTable } from '../../../kit/list';
import {
  CountNote,
  PlacedRow,
  PlacesScope,
  placesToList,
  StreamedFrame,
  useSeenNames,
} from '../../../kit/listing';
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
import { useNewestCharts } from './useNewestCharts';
import { useReleases } from './useReleases';

/** Where the releases of a list are, if a page is about a part of them only. */
export interface ReleaseScope extends PlacesScope {
  /** Returns whether a row belongs to the list: not every namespace of the scope is on every cluster of it. */
  includes?: (row: PlacedRow) => boolean;
}

/** The columns keep their widths while the window changes by less, in pixels. */
const STEP = 40;
const ROW_HEIGHT = 56;

const COUNT = {
  all: 'helm.count.all',
  some: 'helm.count.some',
  loading: 'helm.count.loading',
} as const;

/** Lists Helm releases over clusters and namespaces. The search and the filters are in the URL. */
export function ReleaseList({ scope }: { scope?: ReleaseScope }) {
  const t = useText();
  const hrefOf = useReleaseHref();
  const [query, onQueryChange] = useUrlQuery(
    parseReleasesQuery,
    formatReleasesQuery,
  );
  const polled = useReleases(placesToList(query, scope));
  const { shown: listing } = polled;
  const { all, shown, counts } = useSelected(listing, query, scope);
  const choices = useChoices(listing, all);
  const [ref, { width }] = useMeasure<HTMLDivElement>();
  const room = Math.floor(width / STEP) * STEP;
  const withCluster = choices.clusters.length > 1;
  const newest = useNewestCharts(
    useMemo(() => all.map(({ release }) => release), [all]),
  );
  const columns = useMemo(
    () => releaseColumns(t, hrefOf, { withCluster, room, newest }),
    [t, hrefOf, withCluster, room, newest],
  );
  const onSort = useCallback(
    (sort: Sort) => onQueryChange({ sort }),
    [onQueryChange],
  );
  return (
    <div ref={ref}>
      <StreamedFrame
        polled={polled}
        total={all.length}
        shown={shown.length}
        isFiltered={isFiltered(query)}
        onClear={() => onQueryChange(NO_FILTERS)}
        filters={
          <ReleaseFilters
            query={query}
            onQueryChange={onQueryChange}
            choices={{ ...choices, ...counts }}
          />
        }
        note={current => (
          <CountNote
            listing={current}
            total={all.length}
            shown={shown.length}
            problems={counts.problems}
            texts={COUNT}
          />
        )}
        empty={current => <ReleasesEmpty listing={current} />}
        noMatch={t('helm.noMatch')}
      >
        <VirtualTable
          label={t('helm.title')}
          rows={shown}
          columns={columns}
          rowHeight={ROW_HEIGHT}
          sort={query.sort}
          onSort={onSort}
        />
      </StreamedFrame>
    </div>
  );
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

function useChoices(
  listing: ReleaseListing | undefined,
  rows: readonly ReleaseRow[],
) {
  return useSeenNames(
    useMemo(
      () => ({
        clusters: Object.keys(listing?.clusters ?? {}),
        namespaces: rows.map(({ namespace }) => namespace),
        charts: rows.flatMap(({ release: { chart } }) => chart?.name ?? []),
      }),
      [listing, rows],
    ),
  );
}
