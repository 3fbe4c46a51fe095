import { backoff } from './backoff';
import { PassResult } from './ClusterReconciler';

export interface ClusterWorkerOptions {
  /** Does not throw. */
  pass: () => Promise<PassResult>;
  /** Revokes unwanted objects next to a pass that is under way. Does not throw. */
  revoke: () => Promise<void>;
  /** The time from a pass to the next one, even if nothing changed. */
  resyncMs: number;
  /** Called after each pass: with the time of the next pass if work is left, and otherwise with undefined. */
  onNextTry?: (at: Date | undefined) => void;
  random?: () => number;
}

/**
 * Runs the passes of one cluster: one at a time, at once when woken, once more if woken during a pass, and
 * again after a while. A change in the portal does not wait for the pass that is under way: its revocations
 * run next to the pass.
 */
export class ClusterWorker {
  readonly #options: ClusterWorkerOptions;
  #running?: Promise<void>;
  #wokenMeanwhile = false;
  #revoking?: Promise<void>;
  #changedMeanwhile = false;
  #failures = 0;
  #next?: NodeJS.Timeout;
  #stopped = false;

  constructor(options: ClusterWorkerOptions) {
    this.#options = options;
  }

  /** Call when something changed on the cluster, or when the next pass is due. */
  wake(): void {
    if (this.#stopped) {
      return;
    }
    if (this.#running) {
      this.#wokenMeanwhile = true;
      return;
    }
    clearTimeout(this.#next);
    this.#running = this.#run().finally(() => {
      this.#running = undefined;
      if (this.#wokenMeanwhile) {
        this.wake();
      }
    });
  }

  /** Call when the desired state changed. */
  changed(): void {
    if (this.#running && !this.#stopped) {
      this.#revoke();
    }
    this.wake();
  }

  /** Begins no further pass. Resolves once all work under way has ended. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#next);
    await Promise.all([this.#running, this.#revoking]);
  }

  #revoke(): void {
    if (this.#revoking) {
      this.#changedMeanwhile = true;
      return;
    }
    this.#revoking = this.#options.revoke().finally(() => {
      this.#revoking = undefined;
      if (this.#changedMeanwhile && !this.#stopped) {
        this.#changedMeanwhile = false;
        this.#revoke();
      }
    });
  }

  async #run(): Promise<void> {
    const { pass, resyncMs, onNextTry, random = Math.random } = this.#options;
    this.#wokenMeanwhile = false;
    const result = await pass();
    this.#failures = result.settled ? 0 : this.#failures + 1;
    if (this.#stopped) {
      return;
    }
    const { requeueAfterSeconds = Infinity } = result;
    // Up to a tenth less at random, so that clusters that began together do not stay together.
    const delay = result.settled
      ? Math.min(resyncMs * (1 - random() / 10), requeueAfterSeconds * 1_000)
      : backoff(this.#failures, result.retryAfterSeconds, random);
    this.#next = setTimeout(() => this.wake(), delay);
    this.#next.unref();
    // A problem that only a person can solve has no next try; a change on the cluster or in the portal wakes
    // the worker.
    const isRetry = result.failed && !result.settled;
    onNextTry?.(isRetry ? new Date(Date.now() + delay) : undefined);
  }
}
