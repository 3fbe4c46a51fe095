import { LRUCache } from 'lru-cache';

const AT_ONCE = 20;
const REFILL_MS = 30_000;
const MAX_OBJECTS = 1_000;

/**
 * Says how long to wait before a changed object is looked at. None for what changes now and then. An object
 * that changes all the time (a webhook that alters whatever we write, a controller that wants it otherwise,
 * somebody at play) has had its turn after twenty changes and gets one every half minute from then on.
 */
export class DriftPace {
  readonly #now: () => number;
  readonly #buckets = new LRUCache<string, { left: number; at: number }>({
    max: MAX_OBJECTS,
  });

  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  /** @returns milliseconds */
  delayAfter(key: string): number {
    const now = this.#now();
    const before = this.#buckets.get(key) ?? { left: AT_ONCE, at: now };
    const left = Math.min(before.left + (now - before.at) / REFILL_MS, AT_ONCE);
    this.#buckets.set(key, { left: Math.max(left - 1, 0), at: now });
    return left >= 1 ? 0 : (1 - left) * REFILL_MS;
  }
}
