import * as z from 'zod';

/** The schema of a whole list. */
export function listOf<Item extends z.ZodType>(item: Item) {
  return z.object({ items: z.array(item), totalItems: z.number().int() });
}

/** The schema of a page of the directory. */
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
 * A part of a list.
 *
 * @public
 */
export interface DirectoryPage<T> {
  items: T[];
  /** The next `after`; undefined at the end. */
  next?: string;
}
