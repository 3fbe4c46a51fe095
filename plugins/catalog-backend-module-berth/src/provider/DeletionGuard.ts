/** Fewer deletions than this are never delayed. */
const FEW = 10;
const MOST = 0.5;
const HOLD_MS = 3_600_000;
/** After a longer gap, another replica may have seen the entities again. */
const MOST_GAP_MS = HOLD_MS / 2;

/**
 * Delays deletions that look like a source that lost its data: of all entities, or of most at once. The
 * deletions happen when the source has returned the same for an hour, because in the end the catalog follows
 * its source.
 */
export class DeletionGuard {
  readonly #now: () => number;
  #since?: number;
  #looked = 0;

  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  /**
   * @param known - the number of entities in the catalog
   * @param gone - how many of them the source no longer returns
   */
  allows(known: number, gone: number): boolean {
    const suspicious =
      gone > 0 && (gone === known || (gone >= FEW && gone > known * MOST));
    if (!suspicious) {
      this.#since = undefined;
      return true;
    }
    const now = this.#now();
    if (now - this.#looked > MOST_GAP_MS) {
      this.#since = undefined;
    }
    this.#looked = now;
    this.#since ??= now;
    return now - this.#since >= HOLD_MS;
  }
}
