import { Page } from '@berth/plugin-berth-common';

/** The page of a list. */
export interface Paging {
  /** The place of the page, from the page before or after it; empty for the first page. */
  cursor: string;
  pageSize: number;
}

/** The order of a list. */
export interface Sort<Column extends string = string> {
  column: Column;
  direction: 'ascending' | 'descending';
}

/** Some rows of a list. */
export interface ListPage<Row> extends Page<Row> {
  /** The number of rows on all pages, if they are counted. */
  totalItems?: number;
  /** The number of rows on the pages before, if they are counted. */
  offset?: number;
}

export const PAGE_SIZES = [20, 50, 100];

export const FIRST_PAGE: Paging = { cursor: '', pageSize: PAGE_SIZES[0] };

/** Reads the page from the URL. */
export function parsePaging(parameters: URLSearchParams): Paging {
  const pageSize = Number(parameters.get('size'));
  return {
    cursor: parameters.get('cursor') ?? FIRST_PAGE.cursor,
    pageSize: PAGE_SIZES.includes(pageSize) ? pageSize : FIRST_PAGE.pageSize,
  };
}

/** Writes the URL parameters of a page, without default values. */
export function formatPaging(paging: Paging): Record<string, string> {
  const { cursor, pageSize } = paging;
  return {
    ...(cursor && { cursor }),
    ...(pageSize !== FIRST_PAGE.pageSize && { size: String(pageSize) }),
  };
}

/** Converts a page to the backend's query. */
export function pageRequestOf({ cursor, pageSize }: Paging): {
  limit: number;
  cursor?: string;
} {
  return { limit: pageSize, ...(cursor && { cursor }) };
}

/**
 * Cuts a page from rows that are all known. The cursor is the number of rows before the page; a place after the last
 * page becomes the last page.
 */
export function pageOf<Row>(rows: Row[], paging: Paging): ListPage<Row> {
  const { cursor, pageSize } = paging;
  const lastPage = Math.max(1, Math.ceil(rows.length / pageSize)) - 1;
  const wanted = Math.floor(Number(cursor) / pageSize);
  const offset = pageSize * Math.min(wanted > 0 ? wanted : 0, lastPage);
  const end = offset + pageSize;
  return {
    items: rows.slice(offset, end),
    totalItems: rows.length,
    offset,
    ...(end < rows.length && { next: String(end) }),
    ...(offset > 0 && { previous: String(offset - pageSize) }),
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
