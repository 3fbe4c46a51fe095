/**
 * Runs one task at a time for each key. A call during a run gets the result of the next run, because the current
 * one may have started before the change that the caller waits for. All calls during one run share the next.
 */
export class CoalescingRunner<T> {
  readonly #running = new Map<string, Promise<T>>();
  readonly #waiting = new Map<string, Promise<T>>();

  /** The current run, if there is one. */
  running(key: string): Promise<T> | undefined {
    return this.#running.get(key);
  }

  /** All current runs. */
  allRunning(): Promise<T>[] {
    return [...this.#running.values()];
  }

  run(key: string, work: () => Promise<T>): Promise<T> {
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
