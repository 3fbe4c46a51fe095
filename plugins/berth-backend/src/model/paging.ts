import { InputError } from '@backstage/errors';
import { atField } from '../text/fieldProblems';
import { quoteUntrusted } from '../text/quoteUntrusted';

/** A place between two items of a sorted list. The place stays the same when items are created or deleted. */
export interface PagePosition {
  /** On which side of the place the page is. */
  direction: 'next' | 'previous';
  /** The sort keys of the item at the place. Without keys, the place is the start of the list, or its end. */
  keys: string[];
  /** The number of items before the place, when the position was made. */
  offset: number;
}

/** Selects a page of a list. */
export interface PageRequest {
  limit: number;
  /** Where the page is; the first page if absent. */
  position?: PagePosition;
}

/** A page of a list. */
export interface PositionedPage<T> {
  items: T[];
  /** The number of items before the page, about right. */
  offset: number;
  next?: PagePosition;
  previous?: PagePosition;
}

/** A page of a list whose items are counted. */
export interface CountedPositionedPage<T> extends PositionedPage<T> {
  /** A number of many thousands may be some seconds old. */
  totalItems: number;
}

/** The error for a cursor that no page of the list has given. */
export function foreignCursor(cursor?: string): InputError {
  const quoted = cursor === undefined ? '' : ` ${quoteUntrusted(cursor)}`;
  return atField(
    new InputError(
      `cursor${quoted} must be the "next" or "previous" of a page with the same filter and order; leave it out for the first page`,
    ),
    'cursor',
  );
}
