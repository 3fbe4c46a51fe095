import { createHash } from 'node:crypto';

/** Fewer deletions than this are never held. */
export const MIN_DELETIONS = 10;

/** Nor are those of at most this part of what there is. */
export const MAX_FRACTION = 0.5;

/** Deletions that wait. */
export interface Hold {
  /** What is to be deleted, by `keyText`. */
  objects: string[];
  /** Since when. */
  since: Date;
  /** An admin said that it is meant. */
  confirmed: boolean;
}

/**
 * Whether deletions look like an accident, and if so, since when they have been wanted. Fewer than
 * before is what is left of a pass that was interrupted; anything new begins anew.
 *
 * @param wanted - what is to be deleted
 * @param of - how much there is
 * @param before - what was held last
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
  const known = new Set(before?.objects);
  if (!before || wanted.some(object => !known.has(object))) {
    return { objects: wanted, since: now, confirmed: false };
  }
  // What is wanted back meanwhile is no longer part of it, also not of what was confirmed.
  return wanted.length === known.size ? before : { ...before, objects: wanted };
}

/** Whether what was held may go ahead. */
export function isReleased(hold: Hold, now: Date, holdMs: number): boolean {
  return hold.confirmed || now.getTime() >= hold.since.getTime() + holdMs;
}

/** Names exactly this set of deletions. */
export function holdId({ objects }: Hold): string {
  return createHash('sha256')
    .update(JSON.stringify([...objects].sort()))
    .digest('hex')
    .slice(0, 32);
}
