import { Knex } from 'knex';
import { LRUCache } from 'lru-cache';
import { NamespaceFilter } from '../../model/tenancy';

/** Above this number, counting takes longer than reading the page. */
const LARGE = 10_000;
const MAX_AGE_MS = 10_000;
const MAX_FILTERS = 100;

/**
 * Counts rows. A large number is cached for ten seconds, because it need not be exact; callers during a count get
 * the same number.
 */
export class CachedCounts {
  readonly #counts: LRUCache<string, Promise<number>>;

  constructor(clock: { now(): number } = performance) {
    this.#counts = new LRUCache({
      max: MAX_FILTERS,
      perf: clock,
      ttl: MAX_AGE_MS,
      ttlResolution: 0,
    });
  }

  /** @param matching - the rows that match the filter */
  async count(
    { order, orderBy, ...filter }: NamespaceFilter,
    matching: Knex.QueryBuilder,
  ): Promise<number> {
    const key = JSON.stringify(filter);
    const known = this.#counts.get(key);
    if (known) {
      return known;
    }
    const counting = countRows(matching);
    this.#counts.set(key, counting);
    let isLarge = false;
    try {
      const count = await counting;
      isLarge = count >= LARGE;
      return count;
    } finally {
      if (!isLarge) {
        this.#counts.delete(key);
      }
    }
  }
}

async function countRows(matching: Knex.QueryBuilder): Promise<number> {
  const [{ count }] = await matching.count({ count: '*' });
  return Number(count);
}
