import { ReactNode, useMemo } from 'react';
import { ColumnConfig, Table, TableItem, TableProps } from '@backstage/ui';
import useLatest from 'react-use/esm/useLatest';
import useMeasure from 'react-use/esm/useMeasure';
import { ListPage, PAGE_SIZES, Paging, Sort } from './listQuery';
import styles from './list.module.css';

/** The height of a row in pixels, before the row is measured. */
const ROW_HEIGHT = 57;

/** The numbers of the rows on a page, counted from 1. */
export type RowRange = {
  from: string;
  to: string;
  total: string;
};

export interface ResourceTableProps<
  Row extends TableItem,
  Query extends Paging & { sort?: Sort },
> {
  /** The rows to show. Without a page, the table is a skeleton. */
  page?: ListPage<Row>;
  /** Whether another page is loading. */
  isStale?: boolean;
  /** Returns the columns for the number of `breakpoints` that the table reaches. Must be stable between renders. */
  columns: (room: number) => ColumnConfig<Row>[];
  /** Table widths from which more columns fit, in pixels, ascending. */
  breakpoints?: readonly number[];
  query: Query;
  onQueryChange: (change: Partial<Query>) => void;
  /** Writes the text next to the page controls, if the rows are counted. */
  pageLabel?: (range: RowRange) => string;
  emptyState?: ReactNode;
  /** Whether the columns keep their space if there are few. */
  isRoomy?: boolean;
  /** Whether rows can grow, so that all of them are rendered. */
  hasGrowingRows?: boolean;
}

/**
 * A table with its order and its page controls. The table renders again only when its content changes: rows,
 * columns, order or page, compared by identity. Of many rows, only the visible ones are rendered.
 */
export function ResourceTable<
  Row extends TableItem,
  Query extends Paging & { sort?: Sort },
>(props: ResourceTableProps<Row, Query>) {
  const { page, isStale, breakpoints = [], columns, isRoomy = false } = props;
  const { hasGrowingRows = false } = props;
  const [ref, { width }] = useMeasure<HTMLDivElement>();
  // If the width cannot be measured, nothing is hidden.
  const room =
    width === 0
      ? breakpoints.length
      : breakpoints.filter(least => width >= least).length;
  const columnConfig = useMemo(() => columns(room), [columns, room]);
  const latest = useLatest(props);
  const { items, totalItems, offset, next, previous } = page ?? {};
  const { pageSize, sort } = props.query;
  const { column, direction } = sort ?? {};
  const table = useMemo(() => {
    const change = (changed: Partial<Paging> & { sort?: Sort }) =>
      latest.current.onQueryChange(changed as Partial<Query>);
    const isLong = !hasGrowingRows && (items?.length ?? 0) > PAGE_SIZES[0];
    return (
      <Table
        columnConfig={columnConfig}
        data={items}
        isPending={!items}
        sort={
          column && direction
            ? {
                descriptor: { column, direction },
                onSortChange: chosen =>
                  change({
                    sort: {
                      column: String(chosen.column),
                      direction: chosen.direction,
                    },
                  }),
              }
            : undefined
        }
        pagination={paginationOf({
          page: { items: items ?? [], totalItems, offset, next, previous },
          pageSize,
          label: range => latest.current.pageLabel?.(range) ?? '',
          onChange: change,
        })}
        emptyState={latest.current.emptyState}
        {...(isLong && {
          virtualized: { estimatedRowHeight: ROW_HEIGHT },
          className: styles.long,
        })}
      />
    );
  }, [
    items,
    columnConfig,
    column,
    direction,
    offset,
    next,
    previous,
    pageSize,
    totalItems,
    hasGrowingRows,
    latest,
  ]);
  const isBusy = Boolean(isStale && page);
  return (
    <div
      ref={ref}
      className={[!isRoomy && styles.table, isBusy && styles.stale]
        .filter(Boolean)
        .join(' ')}
      aria-busy={isBusy}
    >
      {table}
    </div>
  );
}

/** Returns the page controls of a table, none if all rows fit on the smallest page. */
function paginationOf(options: {
  page: ListPage<unknown>;
  pageSize: number;
  label: (range: RowRange) => string;
  onChange: (change: Partial<Paging>) => void;
}): TableProps<TableItem>['pagination'] {
  const { page, pageSize, label, onChange } = options;
  const { items, totalItems, offset = 0, next = '', previous = '' } = page;
  if (items.length <= PAGE_SIZES[0] && !next && !previous) {
    return { type: 'none' };
  }
  return {
    type: 'page',
    pageSize,
    pageSizeOptions: PAGE_SIZES,
    offset,
    totalCount: totalItems,
    hasNextPage: next !== '',
    hasPreviousPage: previous !== '',
    onNextPage: () => onChange({ cursor: next }),
    onPreviousPage: () => onChange({ cursor: previous }),
    onPageSizeChange: size => onChange({ cursor: '', pageSize: size }),
    getLabel: () =>
      totalItems === undefined
        ? ''
        : label({
            from: String(Math.min(offset + 1, totalItems)),
            to: String(offset + items.length),
            total: String(totalItems),
          }),
  };
}
