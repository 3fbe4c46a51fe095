/** Fewer than this are never held. */
const FEW = 10;
const MOST = 0.5;
const HOLD_MS = 3_600_000;

/**
 * Holds deletions back that look like a source that lost its data: all of what there was, or most of it at
 * once. They are carried out when the source has said the same for an hour, because in the end the
 * catalog follows it.
 */
export class DeletionGuard {
  readonly #now: () => number;
  #since?: number;

  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  /**
   * @param known - how many there are
   * @param gone - how many of them the source no longer has
   */
  allows(known: number, gone: number): boolean {
    const suspicious =
      gone > 0 && (gone === known || (gone >= FEW && gone > known * MOST));
    if (!suspicious) {
      this.#since = undefined;
      return true;
    }
    this.#since ??= this.#now();
    return this.#now() - this.#since >= HOLD_MS;
  }
}
