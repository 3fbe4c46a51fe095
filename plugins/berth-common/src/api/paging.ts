import * as z from 'zod';
import { boundedText, wholeNumber } from './fields';

/** Returns the schema of a whole list. */
export function listOf<Item extends z.ZodType>(item: Item) {
  return z.object({ items: z.array(item), totalItems: z.number().int() });
}

/** The first line of a list that is streamed cluster by cluster. */
export const listStartSchema = z.object({
  type: z.literal('start'),
  clusters: z.array(
    z.object({
      name: z.string(),
      namespaces: z
        .array(z.string())
        .describe('Absent if the list covers the whole cluster.')
        .optional(),
    }),
  ),
});

/** Returns the schema of a page of a list. */
export function pageOf<Item extends z.ZodType>(item: Item) {
  return z.object({
    items: z.array(item),
    next: z
      .string()
      .describe('The `cursor` of the next page; absent on the last page.')
      .optional(),
    previous: z
      .string()
      .describe('The `cursor` of the previous page; absent on the first page.')
      .optional(),
  });
}

/** Returns the schema of a page of a list whose items are counted. */
export function countedPageOf<Item extends z.ZodType>(item: Item) {
  return pageOf(item).extend({
    totalItems: z
      .number()
      .int()
      .describe('The number of items on all pages; a large one may be old.'),
    offset: z
      .number()
      .int()
      .describe(
        'The number of items on the pages before, for people. It may be wrong by the items that were created or deleted since the first page was read.',
      ),
  });
}

/** Returns the query parameters that choose a page. */
export function pageQuery(most: number, byDefault = 50) {
  return {
    limit: wholeNumber(1, most)
      .describe(`${byDefault} by default, ${most} at most.`)
      .optional(),
    cursor: boundedText(1000)
      .describe(
        '`next` or `previous` of a page of the same list, filter and order.',
      )
      .optional(),
  };
}

/** @public */
export interface List<T> {
  items: T[];
  totalItems: number;
}

/**
 * A page of a list. Items that are created or deleted between two pages do not move other items to another page.
 *
 * @public
 */
export interface Page<T> {
  items: T[];
  /** The `cursor` of the next page; undefined on the last page. */
  next?: string;
  /** The `cursor` of the previous page; undefined on the first page. */
  previous?: string;
}

/**
 * A page of a list whose items are counted.
 *
 * @public
 */
export interface CountedPage<T> extends Page<T>, List<T> {
  /** The number of items on the pages before, about right. */
  offset: number;
}
