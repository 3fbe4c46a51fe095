import { CountedPage, Page } from '@berth/plugin-berth-common';
import { createHash } from 'node:crypto';
import { z } from 'zod';
import {
  CountedPositionedPage,
  foreignCursor,
  PagePosition,
  PageRequest,
  PositionedPage,
} from '../model/paging';

const DEFAULT_LIMIT = 50;

const positionSchema = z
  .tuple([
    z.string(),
    z.enum(['next', 'previous']),
    z.int().min(0).max(999_999_999),
    // PostgreSQL refuses a text with a null character.
    z.array(z.string().regex(/^\P{Cc}*$/u)).max(4),
  ])
  .transform(([list, direction, offset, keys]) => ({
    list,
    position: { direction, offset, keys },
  }));

/** How one request pages a list. */
export interface Paging<Filter> {
  filter: Filter;
  page: PageRequest;
  /**
   * Writes the answer.
   *
   * @param items - the items of the page, as the caller sees them
   */
  present<T>(page: CountedPositionedPage<unknown>, items: T[]): CountedPage<T>;
  present<T>(page: PositionedPage<unknown>, items: T[]): Page<T>;
}

/**
 * Reads `limit` and `cursor` of a query. A cursor holds a place in the list, and is bound to the list, the filter and
 * the order.
 *
 * @param list - the name of the list
 * @param query - the validated query
 * @param movingFilters - filters that a cursor is not bound to, because they change with the time
 * @throws InputError if the cursor is not of a page of this list
 */
export function pagingOf<Query extends { limit?: number; cursor?: string }>(
  list: string,
  { limit = DEFAULT_LIMIT, cursor, ...filter }: Query,
  movingFilters: string[] = [],
): Paging<Omit<Query, 'limit' | 'cursor'>> {
  const fixed = Object.entries(filter)
    .filter(
      ([name, value]) => value !== undefined && !movingFilters.includes(name),
    )
    .sort(([a], [b]) => (a < b ? -1 : 1));
  const id = createHash('sha256')
    .update(JSON.stringify([list, fixed]))
    .digest('base64url')
    .slice(0, 12);
  const write = (position?: PagePosition) =>
    position && writeCursor(id, position);

  function present<T>(
    page: CountedPositionedPage<unknown>,
    items: T[],
  ): CountedPage<T>;
  function present<T>(page: PositionedPage<unknown>, items: T[]): Page<T>;
  function present<T>(
    page: PositionedPage<unknown> & { totalItems?: number },
    items: T[],
  ): Page<T> {
    const { totalItems, offset } = page;
    const [next, previous] = [write(page.next), write(page.previous)];
    return {
      items,
      ...(totalItems !== undefined && { totalItems, offset }),
      ...(next !== undefined && { next }),
      ...(previous !== undefined && { previous }),
    };
  }

  return {
    filter,
    page: {
      limit,
      ...(cursor !== undefined && { position: readCursor(id, cursor) }),
    },
    present,
  };
}

function writeCursor(list: string, position: PagePosition): string {
  const { direction, offset, keys } = position;
  const content = JSON.stringify([list, direction, offset, keys]);
  return Buffer.from(content).toString('base64url');
}

function readCursor(list: string, cursor: string): PagePosition {
  let content: unknown;
  try {
    content = JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    throw foreignCursor(cursor);
  }
  const { data } = positionSchema.safeParse(content);
  if (data?.list !== list) {
    throw foreignCursor(cursor);
  }
  return data.position;
}
