import { unlessAborted } from '../../resources/unlessAborted';

interface Running<T> {
  end: AbortController;
  result: Promise<T>;
  waiting: number;
}

/** Runs equal work once at a time, for all who wait for it, and ends work for which nobody waits any more. */
export class SharedRuns<T> {
  readonly #running = new Map<string, Running<T>>();

  /**
   * @param key - equal for equal work
   * @throws the errors of the work; the reason of `signal`
   */
  async run(
    key: string,
    signal: AbortSignal,
    start: (signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    signal.throwIfAborted();
    const running = this.#running.get(key) ?? this.#start(key, start);
    running.waiting += 1;
    try {
      return await unlessAborted(running.result, signal);
    } finally {
      running.waiting -= 1;
      if (running.waiting === 0) {
        this.#forget(key, running);
        running.end.abort(new Error('Nobody waits for this any more'));
      }
    }
  }

  #start(key: string, start: (signal: AbortSignal) => Promise<T>): Running<T> {
    const end = new AbortController();
    const running = { end, result: start(end.signal), waiting: 0 };
    this.#running.set(key, running);
    // A caller who comes after the end starts the work again.
    const forget = () => this.#forget(key, running);
    running.result.then(forget, forget);
    return running;
  }

  #forget(key: string, running: Running<T>): void {
    if (this.#running.get(key) === running) {
      this.#running.delete(key);
    }
  }
}
