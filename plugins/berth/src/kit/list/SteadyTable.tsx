import { memo } from 'react';
import { Table, TableItem, TableProps } from '@backstage/ui';
import { PAGE_SIZES } from './pagination';
import styles from './list.module.css';

/** Of a row, in pixels, until it is seen. */
const ROW_HEIGHT = 57;

/**
 * A table that renders again only when its content changes: rows, columns, order or page, compared by
 * identity. Its handlers must do the same whenever these are the same. Of many rows, those in sight are drawn.
 */
export const SteadyTable = memo(ListedTable, showsTheSame) as typeof Table;

function ListedTable<T extends TableItem>(props: TableProps<T>) {
  const isLong = (props.data?.length ?? 0) > PAGE_SIZES[0];
  return isLong ? (
    <Table
      {...props}
      virtualized={{ estimatedRowHeight: ROW_HEIGHT }}
      className={styles.long}
    />
  ) : (
    <Table {...props} />
  );
}

function showsTheSame<T extends TableItem>(
  before: TableProps<T>,
  now: TableProps<T>,
): boolean {
  return (
    before.data === now.data &&
    before.columnConfig === now.columnConfig &&
    before.isPending === now.isPending &&
    before.sort?.descriptor?.column === now.sort?.descriptor?.column &&
    before.sort?.descriptor?.direction === now.sort?.descriptor?.direction &&
    figuresOf(before) === figuresOf(now)
  );
}

function figuresOf({ pagination }: TableProps<any>): string {
  return JSON.stringify(pagination);
}
