/**
 * Does one thing at a time for each key. Who asks while it is under way gets what is done after it, as that
 * may have begun before the change that they ask about; all who ask meanwhile get the same.
 */
export class OneAtATime<T> {
  readonly #running = new Map<string, Promise<T>>();
  readonly #waiting = new Map<string, Promise<T>>();

  /** What is under way, if anything. */
  running(key: string): Promise<T> | undefined {
    return this.#running.get(key);
  }

  /** All that is under way. */
  all(): Promise<T>[] {
    return [...this.#running.values()];
  }

  do(key: string, work: () => Promise<T>): Promise<T> {
    const running = this.#running.get(key);
    if (!running) {
      return this.#begin(key, work);
    }
    let waiting = this.#waiting.get(key);
    if (!waiting) {
      waiting = running
        .catch(() => undefined)
        .then(() => {
          this.#waiting.delete(key);
          return this.#running.get(key) ?? this.#begin(key, work);
        });
      this.#waiting.set(key, waiting);
    }
    return waiting;
  }

  #begin(key: string, work: () => Promise<T>): Promise<T> {
    const result = work().finally(() => this.#running.delete(key));
    this.#running.set(key, result);
    return result;
  }
}
