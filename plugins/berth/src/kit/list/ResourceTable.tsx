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
  /** Writes the text between the page controls. */
  pageLabel: (range: RowRange) => string;
  emptyState?: ReactNode;
  /** Whether the columns keep their space if there are few. */
  isRoomy?: boolean;
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
  const [ref, { width }] = useMeasure<HTMLDivElement>();
  // If the width cannot be measured, nothing is hidden.
  const room =
    width === 0
      ? breakpoints.length
      : breakpoints.filter(least => width >= least).length;
  const columnConfig = useMemo(() => columns(room), [columns, room]);
  const latest = useLatest(props);
  const { items, totalItems = 0, offset = 0 } = page ?? {};
  const { pageSize, sort } = props.query;
  const { column, direction } = sort ?? {};
  const table = useMemo(() => {
    const change = (changed: Partial<Paging> & { sort?: Sort }) =>
      latest.current.onQueryChange(changed as Partial<Query>);
    const isLong = (items?.length ?? 0) > PAGE_SIZES[0];
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
          offset,
          pageSize,
          totalItems,
          label: range => latest.current.pageLabel(range),
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
    pageSize,
    totalItems,
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
  offset: number;
  pageSize: number;
  totalItems: number;
  label: (range: RowRange) => string;
  onChange: (change: Partial<Paging>) => void;
}): TableProps<TableItem>['pagination'] {
  const { offset, pageSize, totalItems, label, onChange } = options;
  if (totalItems <= PAGE_SIZES[0]) {
    return { type: 'none' };
  }
  const page = Math.floor(offset / pageSize) + 1;
  const end = Math.min(offset + pageSize, totalItems);
  return {
    type: 'page',
    pageSize,
    pageSizeOptions: PAGE_SIZES,
    offset,
    totalCount: totalItems,
    hasNextPage: end < totalItems,
    hasPreviousPage: offset > 0,
    onNextPage: () => onChange({ page: page + 1 }),
    onPreviousPage: () => onChange({ page: page - 1 }),
    onPageSizeChange: size => onChange({ pageSize: size }),
    getLabel: () =>
      label({
        from: String(offset + 1),
        to: String(end),
        total: String(totalItems),
      }),
  };
}
