/** The page of a list. */
export interface Paging {
  /** The number of the page, from 1. */
  page: number;
  pageSize: number;
}

/** The order of a list. */
export interface Sort<Column extends string = string> {
  column: Column;
  direction: 'ascending' | 'descending';
}

/** Some rows of a list. */
export interface ListPage<Row> {
  items: Row[];
  /** The number of rows on all pages. */
  totalItems: number;
  /** Index of the first row among the rows of all pages. */
  offset: number;
}

export const PAGE_SIZES = [20, 50, 100];

export const FIRST_PAGE: Paging = { page: 1, pageSize: PAGE_SIZES[0] };

/** Reads the page from the URL; the first page if the URL is invalid. */
export function parsePaging(parameters: URLSearchParams): Paging {
  const page = Number(parameters.get('page'));
  const pageSize = Number(parameters.get('size'));
  return {
    page: Number.isInteger(page) && page > 0 ? page : FIRST_PAGE.page,
    pageSize: PAGE_SIZES.includes(pageSize) ? pageSize : FIRST_PAGE.pageSize,
  };
}

/** Writes the URL parameters of a page, without default values. */
export function formatPaging(paging: Paging): Record<string, string> {
  const { page, pageSize } = paging;
  return {
    ...(page !== FIRST_PAGE.page && { page: String(page) }),
    ...(pageSize !== FIRST_PAGE.pageSize && { size: String(pageSize) }),
  };
}

/** Returns the range of a page for the backend. */
export function rangeOf({ page, pageSize }: Paging): {
  limit: number;
  offset: number;
} {
  return { limit: pageSize, offset: (page - 1) * pageSize };
}

/** Cuts a page from rows that are all known. A page after the last one becomes the last one. */
export function pageOf<Row>(rows: Row[], paging: Paging): ListPage<Row> {
  const { page, pageSize } = paging;
  const lastPage = Math.max(1, Math.ceil(rows.length / pageSize));
  const offset = (Math.min(page, lastPage) - 1) * pageSize;
  return {
    items: rows.slice(offset, offset + pageSize),
    totalItems: rows.length,
    offset,
  };
}

/** Reads the order from the URL, such as `-name` for descending names. */
export function parseSort<Column extends string>(
  parameters: URLSearchParams,
  columns: readonly Column[],
  byDefault: Sort<Column>,
): Sort<Column> {
  const sort = parameters.get('sort') ?? '';
  const column = columns.find(name => name === sort.replace(/^-/, ''));
  return column
    ? { column, direction: sort.startsWith('-') ? 'descending' : 'ascending' }
    : byDefault;
}

/** Writes the URL parameter of an order, none for the default. */
export function formatSort(sort: Sort, byDefault: Sort): { sort?: string } {
  const { column, direction } = sort;
  if (column === byDefault.column && direction === byDefault.direction) {
    return {};
  }
  return { sort: direction === 'descending' ? `-${column}` : column };
}
