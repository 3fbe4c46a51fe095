import { createHash } from 'node:crypto';

/** Fewer deletions than this are never held. */
export const MIN_DELETIONS = 10;

/** Deletions of at most this part of all objects are never held either. */
export const MAX_FRACTION = 0.5;

/** A deletion that is held, or was held. */
export interface HeldDeletion {
  /** The time since which the object is to be deleted. */
  since: Date;
  /** Whether an admin confirmed the deletion. */
  confirmed: boolean;
}

/** Deletions that look like an accident, by the `keyText` of their object. */
export type Hold = ReadonlyMap<string, HeldDeletion>;

/**
 * Computes the hold of deletions that look like an accident; undefined if they do not. The hold records for
 * each object since when it is to be deleted, so a new deletion waits and does not delay the others.
 *
 * @param wanted - the objects to delete, by `keyText`
 * @param of - the number of all objects
 * @param before - the last hold
 */
export function holdOf(
  wanted: string[],
  of: number,
  before: Hold | undefined,
  now: Date,
): Hold | undefined {
  if (wanted.length < MIN_DELETIONS || wanted.length <= of * MAX_FRACTION) {
    return undefined;
  }
  const isSame =
    wanted.length === before?.size && wanted.every(key => before.has(key));
  return isSame
    ? before
    : new Map(
        wanted.map(key => [
          key,
          before?.get(key) ?? { since: now, confirmed: false },
        ]),
      );
}

/** Returns the part of a hold that still waits. */
export function waitingOf(
  hold: Hold | undefined,
  now: Date,
  holdMs: number,
): Hold {
  return new Map(
    [...(hold ?? [])].filter(
      ([, { since, confirmed }]) =>
        !confirmed && now.getTime() < since.getTime() + holdMs,
    ),
  );
}

/** Returns an id for exactly this set of objects. */
export function holdId(hold: Hold): string {
  return createHash('sha256')
    .update(JSON.stringify([...hold.keys()].sort()))
    .digest('hex')
    .slice(0, 32);
}
