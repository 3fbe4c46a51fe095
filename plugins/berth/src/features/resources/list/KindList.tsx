import { useCallback, useMemo, useRef } from 'react';
import { Alert, Box, Button, Text } from '@backstage/ui';
import { ResourceListQuery } from '@berth/plugin-berth-common';
import useMeasure from 'react-use/esm/useMeasure';
import { useText } from '../../../kit';
import { Sort, VirtualTable } from '../../../kit/list';
import {
  CountNote,
  isSettledList,
  PlacesScope,
  placesToList,
  StreamedFrame,
  useSeenNames,
} from '../../../kit/listing';
import { useObjectHref } from '../../../kit/objectRoute';
import { KindAddress, kindText } from '../kinds';
import { selectorProblem } from '../labelSelector';
import { isFiltered, NO_FILTERS, ResourcesQuery } from '../resourcesQuery';
import { Listing } from '../rows/collect';
import { layoutOf, Row } from '../rows/layout';
import { countStatuses, judge, matching, ordered } from '../rows/select';
import { PolledListing, useListing } from '../rows/useListing';
import { KindEmpty } from './KindEmpty';
import { KindFilters } from './KindFilters';
import { splitColumns, tableColumns } from './tableColumns';

/** Where the objects of a list are, if a page is about a part of them only. */
export interface ListScope extends PlacesScope {
  /** A label selector. */
  labels?: string;
  /** Returns whether a row belongs to the list: not every namespace of the scope is on every cluster of it. */
  includes?: (row: Row) => boolean;
}

const NARROW = 640;
const HEIGHT = { narrow: 56, wide: 40 };

const COUNT = {
  all: 'resources.count.all',
  some: 'resources.count.some',
  loading: 'resources.count.loading',
} as const;

/** Lists the objects of one kind over clusters and namespaces. */
export function KindList(props: {
  kind: KindAddress;
  /** The name of the kind in the plural. */
  label: string;
  isNamespaced: boolean;
  query: ResourcesQuery;
  /** Must be stable between renders. */
  onQueryChange: (change: Partial<ResourcesQuery>) => void;
  scope?: ListScope;
}) {
  const { kind, label, isNamespaced, onQueryChange, scope } = props;
  const query = useMemo(
    () => (isNamespaced ? props.query : { ...props.query, namespaces: [] }),
    [isNamespaced, props.query],
  );
  const t = useText();
  const polled = useListing(kind, requestOf(query, scope));
  const { shown: listing } = polled;
  const list = useSelectedRows(listing, query, scope);
  const places = usePlaces(listing, list.all);
  const [ref, { width }] = useMeasure<HTMLDivElement>();
  const isNarrow = width > 0 && width < NARROW;
  const columns = useColumns({
    kind,
    isNamespaced,
    query,
    listing,
    list,
    isNarrow,
    places,
  });
  const onSort = useCallback(
    (sort: Sort) => onQueryChange({ sort }),
    [onQueryChange],
  );
  const { extra } = splitColumns(list.layout);
  const { statuses, problems } = list.counts;
  const hasNoStatus =
    isSettledList(polled) &&
    list.shown.length > 0 &&
    statuses.length === 0 &&
    problems === 0;
  return (
    <div ref={ref}>
      <StreamedFrame
        polled={polled}
        total={list.all.length}
        shown={list.shown.length}
        isFiltered={isFiltered(query)}
        onClear={() => onQueryChange(NO_FILTERS)}
        filters={
          <KindFilters
            query={query}
            onQueryChange={onQueryChange}
            hasFixedLabels={scope?.labels !== undefined}
            isNamespaced={isNamespaced}
            hasNoStatus={hasNoStatus}
            choices={{
              ...places,
              ...list.counts,
              columns: extra,
            }}
          />
        }
        note={current => (
          <ListNotes polled={polled} listing={current} list={list} />
        )}
        empty={current => <KindEmpty listing={current} label={label} />}
        noMatch={t('resources.noMatch.description')}
      >
        <VirtualTable
          key={kindText(kind)}
          label={label}
          rows={list.shown}
          columns={columns}
          rowHeight={isNarrow ? HEIGHT.narrow : HEIGHT.wide}
          sort={query.sort}
          onSort={onSort}
        />
      </StreamedFrame>
    </div>
  );
}

function requestOf(
  query: ResourcesQuery,
  scope?: ListScope,
): ResourceListQuery {
  const labels = [
    scope?.labels,
    selectorProblem(query.labels) ? '' : query.labels.trim(),
  ].filter(Boolean);
  return {
    ...placesToList(query, scope),
    ...(labels.length > 0 && { labelSelector: labels.join(',') }),
  };
}

type SelectedRows = ReturnType<typeof useSelectedRows>;

/** Filters and sorts the rows. Each step runs again only when its input changes. */
function useSelectedRows(
  listing: Listing | undefined,
  query: ResourcesQuery,
  scope?: ListScope,
) {
  const { search, clusters, namespaces, status, sort } = query;
  const written = JSON.stringify(listing?.columns ?? {});
  const layout = useMemo(() => layoutOf(JSON.parse(written)), [written]);
  const includes = scope?.includes;
  const all = useMemo(() => {
    const rows = listing?.rows ?? [];
    return judge(includes ? rows.filter(includes) : rows, layout);
  }, [listing, layout, includes]);
  const found = useMemo(
    () => matching(all, { search, clusters, namespaces }),
    [all, search, clusters, namespaces],
  );
  const counts = useMemo(() => countStatuses(found), [found]);
  const shown = useMemo(
    () => ordered(found, { status, sort }, layout),
    [found, status, sort, layout],
  );
  return { layout, all, counts, shown };
}

function usePlaces(listing: Listing | undefined, rows: readonly Row[]) {
  return useSeenNames(
    useMemo(() => {
      const clusters = listing?.clusters ?? {};
      return {
        clusters: Object.keys(clusters),
        namespaces: [
          ...Object.values(clusters).flatMap(one => one.namespaces ?? []),
          ...rows.flatMap(({ namespace }) => namespace ?? []),
        ],
      };
    }, [listing, rows]),
  );
}

function useColumns(options: {
  kind: KindAddress;
  isNamespaced: boolean;
  query: ResourcesQuery;
  listing?: Listing;
  list: SelectedRows;
  isNarrow: boolean;
  places: { clusters: readonly string[]; namespaces: readonly string[] };
}) {
  const { kind, isNamespaced, query, listing, list, isNarrow, places } =
    options;
  const t = useText();
  const hrefOf = useObjectHref();
  const { layout, all } = list;
  const { group, plural } = kind;
  const withCluster = places.clusters.length > 1 && query.clusters.length !== 1;
  const withNamespace = isNamespaced && query.namespaces.length !== 1;
  // The widths stay while a person looks at a list, whatever the next lists hold.
  const measured = useRef(all);
  const isFirst = !listing?.isComplete || measured.current.length === 0;
  if (isFirst) {
    measured.current = all;
  }
  const sample = measured.current;
  return useMemo(
    () =>
      tableColumns(
        t,
        { group, plural },
        { layout, extra: query.columns, withCluster, withNamespace, isNarrow },
        sample,
        hrefOf,
      ),
    [
      t,
      group,
      plural,
      layout,
      query.columns,
      withCluster,
      withNamespace,
      isNarrow,
      sample,
      hrefOf,
    ],
  );
}

/** Shows the number of rows, whether some are still missing, and notes about all of them. */
function ListNotes(props: {
  polled: PolledListing;
  listing: Listing;
  list: SelectedRows;
}) {
  const { polled, listing, list } = props;
  const t = useText();
  const { all, shown, counts, layout } = list;
  const partial = splitColumns(layout).first.filter(one => one.isPartial);
  const cut = Object.entries(listing.clusters).filter(
    ([, { more }]) => more !== undefined,
  );
  return (
    <>
      <CountNote
        listing={listing}
        total={all.length}
        shown={shown.length}
        problems={counts.problems}
        texts={COUNT}
      >
        {partial.length > 0 && (
          <Text variant="body-small" color="secondary">
            {t('resources.count.columnsDiffer', {
              names: partial.map(({ name }) => name).join(', '),
            })}
          </Text>
        )}
      </CountNote>
      {listing.isComplete && cut.length > 0 && (
        <Box mb="3">
          <Alert
            role="status"
            status="info"
            icon
            title={t('resources.more.title', {
              clusters: cut.map(([name]) => name).join(', '),
            })}
            description={t('resources.more.description', {
              number: all.length.toLocaleString('en'),
            })}
            customActions={
              <Button
                size="small"
                variant="tertiary"
                onPress={polled.loadMore}
                isPending={polled.refreshing}
              >
                {t('resources.more.load')}
              </Button>
            }
          />
        </Box>
      )}
    </>
  );
}
