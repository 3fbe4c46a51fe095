const SAMPLE_MS = 10;

/** Follows how much memory this process has. Needs `--expose-gc`. */
export class ResidentSet {
  #highest = 0;

  constructor() {
    setInterval(() => {
      this.#highest = Math.max(this.#highest, process.memoryUsage().rss);
    }, SAMPLE_MS).unref();
  }

  /** Returns the resident set after a collection, in bytes, and forgets the highest. */
  rest(): number {
    global.gc?.();
    this.#highest = process.memoryUsage().rss;
    return this.#highest;
  }

  /** Returns the highest resident set since `rest`, in bytes. */
  highest(): number {
    return this.#highest;
  }
}
