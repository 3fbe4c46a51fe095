import { backoff } from './backoff';
import { PassResult } from './ClusterReconciler';

/**
 * Runs the passes of one cluster: one at a time, at once when woken, once more if woken meanwhile, and
 * again after a while if the pass failed.
 */
export class ClusterWorker {
  readonly #pass: () => Promise<PassResult>;
  #running?: Promise<void>;
  #wokenMeanwhile = false;
  #failures = 0;
  #retry?: NodeJS.Timeout;
  #stopped = false;

  /** @param pass - does not throw */
  constructor(pass: () => Promise<PassResult>) {
    this.#pass = pass;
  }

  wake(): void {
    if (this.#stopped) {
      return;
    }
    if (this.#running) {
      this.#wokenMeanwhile = true;
      return;
    }
    clearTimeout(this.#retry);
    this.#running = this.#run().finally(() => {
      this.#running = undefined;
      if (this.#wokenMeanwhile) {
        this.wake();
      }
    });
  }

  /** Begins no further pass; resolves when the one in flight is over. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#retry);
    await this.#running;
  }

  async #run(): Promise<void> {
    this.#wokenMeanwhile = false;
    const result = await this.#pass();
    this.#failures = result.settled ? 0 : this.#failures + 1;
    if (!result.settled && !this.#stopped) {
      this.#retry = setTimeout(
        () => this.wake(),
        backoff(this.#failures, result.retryAfterSeconds),
      );
      this.#retry.unref();
    }
  }
}
