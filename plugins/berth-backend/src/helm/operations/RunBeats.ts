import { BoundedCalls } from './BoundedCalls';
import { OperationRun } from './OperationRun';
import { OperationLostError, OperationStore } from './types';

export interface RunBeatsOptions {
  run: Pick<OperationRun, 'claim' | 'end'>;
  store: Pick<OperationStore, 'beat'>;
  times: {
    /** Between two reports. */
    tickMs: number;
    /** How long a report may take. */
    callMs: number;
    /** The run ends this long after the last report that was written. */
    unsureMs: number;
  };
}

/**
 * Reports for a run that its replica lives. A timer of its own ends the run when no report was written for too long,
 * also when the database does not answer at all: another replica takes the operation over then.
 */
export class RunBeats {
  readonly #options: RunBeatsOptions;
  readonly #calls = new BoundedCalls();
  #ticks?: NodeJS.Timeout;
  #unsure?: NodeJS.Timeout;
  #beating = false;
  #stopped = false;

  constructor(options: RunBeatsOptions) {
    this.#options = options;
  }

  /** @param since - when the claim was sent, as `performance.now()` */
  start(since: number): void {
    this.#confirm(since);
    this.#ticks = setInterval(() => this.#beat(), this.#options.times.tickMs);
    this.#ticks.unref();
  }

  stop(): void {
    this.#stopped = true;
    clearInterval(this.#ticks);
    clearTimeout(this.#unsure);
  }

  async #beat(): Promise<void> {
    if (this.#beating) {
      return;
    }
    this.#beating = true;
    const { run, store, times } = this.#options;
    // The database may write the report long before its answer arrives.
    const sent = performance.now();
    try {
      const by = await this.#calls.run(times.callMs, () =>
        store.beat(run.claim),
      );
      this.#confirm(sent);
      if (by !== undefined) {
        run.end({ type: 'cancelled', by });
      }
    } catch (error) {
      if (error instanceof OperationLostError) {
        run.end({ type: 'lost' });
      }
    } finally {
      this.#beating = false;
    }
  }

  /** Lets the run go on until `unsureMs` after a report. */
  #confirm(reported: number): void {
    clearTimeout(this.#unsure);
    if (!this.#stopped) {
      const { run, times } = this.#options;
      this.#unsure = setTimeout(
        () => run.end({ type: 'lost' }),
        reported + times.unsureMs - performance.now(),
      );
      this.#unsure.unref();
    }
  }
}
