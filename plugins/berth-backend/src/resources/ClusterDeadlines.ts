import { ClusterCallError } from '../access/clusterCallErrors';

/** Ends the calls to one cluster when a time is over, after a failure, and when nobody waits for them any more. */
export class ClusterDeadlines {
  readonly #end = new AbortController();
  readonly #timers = new Set<NodeJS.Timeout>();
  readonly #waiting?: AbortSignal;
  readonly #leave = () => this.#end.abort(this.#waiting?.reason);

  /** @param waiting - is aborted when nobody waits for the calls; absent if the calls always go on */
  constructor(waiting?: AbortSignal) {
    this.#waiting = waiting;
    if (waiting?.aborted) {
      this.#leave();
    }
    waiting?.addEventListener('abort', this.#leave, { once: true });
  }

  /** For the calls. */
  get signal(): AbortSignal {
    return this.#end.signal;
  }

  /**
   * Ends the calls after a time.
   *
   * @param sentence - describes what did not happen in time
   * @returns a function that takes the deadline back
   */
  endAfter(milliseconds: number, sentence: () => string): () => void {
    const timer = setTimeout(
      () => this.end(new ClusterCallError(504, sentence())),
      milliseconds,
    );
    this.#timers.add(timer);
    return () => {
      clearTimeout(timer);
      this.#timers.delete(timer);
    };
  }

  /** Ends the calls. The first reason counts. */
  end(reason?: unknown): void {
    this.#end.abort(reason);
  }

  /** Takes all deadlines back. */
  stop(): void {
    this.#timers.forEach(timer => clearTimeout(timer));
    this.#waiting?.removeEventListener('abort', this.#leave);
  }
}
