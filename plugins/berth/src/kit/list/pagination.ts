import type { TableProps } from '@backstage/ui';

export const PAGE_SIZES = [20, 50, 100];

/** The page controls of a table, none where everything fits on the smallest page. */
export function paginationOf(options: {
  /** Index of the first row that is shown. */
  offset: number;
  pageSize: number;
  totalItems: number;
  /** Of rows `from` to `to`, counted from 1. */
  label: (range: { from: string; to: string; total: string }) => string;
  /** Is given the page's number, from 1. */
  onPage: (page: number) => void;
  onPageSize: (pageSize: number) => void;
}): TableProps<{ id: string }>['pagination'] {
  const { offset, pageSize, totalItems, label, onPage, onPageSize } = options;
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
    onNextPage: () => onPage(page + 1),
    onPreviousPage: () => onPage(page - 1),
    onPageSizeChange: onPageSize,
    getLabel: () =>
      label({
        from: String(offset + 1),
        to: String(end),
        total: String(totalItems),
      }),
  };
}
