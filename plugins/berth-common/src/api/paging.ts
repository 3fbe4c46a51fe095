import * as z from 'zod';

/** Returns the schema of a whole list. */
export function listOf<Item extends z.ZodType>(item: Item) {
  return z.object({ items: z.array(item), totalItems: z.number().int() });
}

/** Returns the schema of a page of the directory. */
export function directoryPageOf<Item extends z.ZodType>(item: Item) {
  return z.object({
    items: z.array(item),
    next: z.string().describe('The next `after`.').optional(),
  });
}

/** @public */
export interface List<T> {
  items: T[];
  totalItems: number;
}

/**
 * A page of a list.
 *
 * @public
 */
export interface DirectoryPage<T> {
  items: T[];
  /** The `after` of the next page; undefined on the last page. */
  next?: string;
}
