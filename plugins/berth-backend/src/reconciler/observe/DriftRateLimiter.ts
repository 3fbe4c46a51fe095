import { LRUCache } from 'lru-cache';

const AT_ONCE = 20;
const REFILL_MS = 30_000;
const MAX_OBJECTS = 1_000;

/**
 * Decides how long to wait before a pass looks at a changed object: not at all for occasional changes. An
 * object that changes all the time (by a webhook that alters every write, another controller, a person who
 * experiments) uses up its twenty changes and then gets one look every half minute.
 */
export class DriftRateLimiter {
  readonly #now: () => number;
  readonly #buckets = new LRUCache<string, { left: number; at: number }>({
    max: MAX_OBJECTS,
  });

  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  /** @returns the delay in milliseconds */
  delayFor(key: string): number {
    const now = this.#now();
    const before = this.#buckets.get(key) ?? { left: AT_ONCE, at: now };
    const left = Math.min(before.left + (now - before.at) / REFILL_MS, AT_ONCE);
    this.#buckets.set(key, { left: Math.max(left - 1, 0), at: now });
    return left >= 1 ? 0 : (1 - left) * REFILL_MS;
  }
}
