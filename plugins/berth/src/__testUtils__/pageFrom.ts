import { CountedPage } from '@berth/plugin-berth-common';

/** Cuts a page from all items of a list. Its cursors hold the number of items before a page. */
export function pageFrom<T>(
  all: T[],
  { limit = 50, cursor = 'after-0' }: { limit?: number; cursor?: string },
): CountedPage<T> {
  const offset = Number(cursor.replace('after-', ''));
  const end = offset + limit;
  return {
    items: all.slice(offset, end),
    totalItems: all.length,
    offset,
    ...(end < all.length && { next: `after-${end}` }),
    ...(offset > 0 && { previous: `after-${Math.max(0, offset - limit)}` }),
  };
}
