import { Knex } from 'knex';
import {
  CountedPositionedPage,
  foreignCursor,
  PagePosition,
  PageRequest,
  PositionedPage,
} from '../model/paging';

/** A column that rows are sorted by. */
export interface SortKey<Row> {
  /** The SQL of the column; never null, because null cannot be compared. */
  sql: string;
  /** Returns the value of the column. */
  of(row: Row): string;
  /** Whether the first column is of another table or computed, so that no index serves all columns at once. */
  isApart?: boolean;
}

type Modify = (query: Knex.QueryBuilder) => void;

/** How to read a sorted list. */
export interface SortedList<Row> {
  /** The columns that rows are sorted by, all in one direction. Together they are unique. */
  keys: SortKey<Row>[];
  /** `asc` by default. */
  order?: 'asc' | 'desc';
  /**
   * Reads rows.
   *
   * @param inPage - restricts a query to the rows of the page, in their order
   * @param inOrder - only sorts a query
   */
  read(inPage: Modify, inOrder: Modify): PromiseLike<Row[]>;
}

/**
 * Reads a page by the keys of the row next to it, so that each page costs the same, and rows that are created or
 * deleted do not move others to another page.
 */
export async function readPage<Row>(
  { keys, order = 'asc', read }: SortedList<Row>,
  { limit, position }: PageRequest,
): Promise<PositionedPage<Row>> {
  const place = position?.keys ?? [];
  if (place.length > 0 && place.length !== keys.length) {
    throw foreignCursor();
  }
  const isBack = position?.direction === 'previous';
  const isAscending = (order === 'asc') !== isBack;
  const columns = keys.map(({ sql }) => sql);
  const inOrder: Modify = query => {
    const direction = isAscending ? 'asc' : 'desc';
    query.orderByRaw(columns.map(sql => `${sql} ${direction}`).join(', '));
  };
  // One row more shows whether another page follows.
  const found = await read(query => {
    if (place.length > 0) {
      query.whereRaw(...isBeyond(keys, place, isAscending));
    }
    query.modify(inOrder).limit(limit + 1);
  }, inOrder);
  const items = found.slice(0, limit);
  if (isBack) {
    items.reverse();
  }
  const isMore = found.length > limit;
  const keysOf = (row?: Row) => (row ? keys.map(({ of }) => of(row)) : []);
  const start = position?.offset ?? 0;
  const offset = isBack
    ? Math.max(0, isMore ? start - items.length : 0)
    : start;
  const next: PagePosition = {
    direction: 'next',
    keys: keysOf(items.at(-1)),
    offset: items.length > 0 ? offset + items.length : 0,
  };
  const previous: PagePosition = {
    direction: 'previous',
    keys: keysOf(items[0]),
    offset,
  };
  return {
    items,
    offset,
    ...((isBack ? place.length > 0 : isMore) && { next }),
    ...((isBack ? isMore : place.length > 0) && { previous }),
  };
}

/**
 * The condition for the rows beyond a place. An index serves a comparison of all columns at once. Where there is none,
 * the index of the first column serves a comparison of that column; where there is one, SQLite would then use less of it.
 */
function isBeyond(
  keys: SortKey<never>[],
  place: string[],
  isAscending: boolean,
): [sql: string, values: string[]] {
  const sign = isAscending ? '>' : '<';
  const columns = keys.map(({ sql }) => sql).join(', ');
  const beyond = `(${columns}) ${sign} (${place.map(() => '?').join(', ')})`;
  return keys[0].isApart
    ? [`${keys[0].sql} ${sign}= ? and ${beyond}`, [place[0], ...place]]
    : [beyond, place];
}

/** Adds the number of all items to a page, and corrects its offset by the number. */
export async function countPage<T>(
  page: PositionedPage<T>,
  count: () => Promise<number>,
): Promise<CountedPositionedPage<T>> {
  const { items, offset, next, previous } = page;
  if (!next && !previous) {
    return { ...page, offset: 0, totalItems: items.length };
  }
  const rest = items.length + (next ? 1 : 0);
  const totalItems = Math.max(await count(), rest);
  const latest = totalItems - rest;
  return {
    ...page,
    totalItems,
    offset: next ? Math.min(offset, latest) : latest,
  };
}
