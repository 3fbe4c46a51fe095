import { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import { ulid } from 'ulid';
import { BoundedCalls } from './BoundedCalls';
import { CountsOperations } from './OperationMetrics';
import { OperationRun } from './OperationRun';
import { RunBeats } from './RunBeats';
import { Conclusion } from './transitions';
import { Claim, OperationRecord, OperationStore } from './types';

export const DESK_TIMES = {
  /** Between two looks at the operations of all replicas, and between two reports on a run. */
  tickMs: 1_000,
  /** How long the database may take for a look or a report. */
  callMs: 3_000,
  /** A replica ends an operation on which it could not report for this long. */
  unsureMs: 8_000,
  /** Another replica then takes the operation over. By then, helm has also ended that got SIGKILL after 10 seconds. */
  silentMs: 20_000,
};

export interface OperationDeskOptions {
  /** How many operations this replica runs at the same time. */
  concurrency: number;
  createRun(operation: OperationRecord, claim: Claim): OperationRun;
  logger: LoggerService;
  metrics: CountsOperations;
  store: OperationStore;
  times?: Partial<typeof DESK_TIMES>;
}

interface Running {
  run: OperationRun;
  done: Promise<void>;
}

/** What this replica has seen of an operation of another one. */
interface Seen {
  fence: number;
  beat: number;
  since: number;
}

/**
 * Works on operations: starts queued ones in their order, reports that this replica lives, and takes over from replicas
 * that are silent. Replicas compare no clocks, because each measures on its own how long another one is silent.
 */
export class OperationDesk {
  readonly #options: OperationDeskOptions;
  readonly #times: typeof DESK_TIMES;
  readonly #calls = new BoundedCalls();
  readonly #replica = ulid();
  readonly #running = new Map<string, Running>();
  readonly #seen = new Map<string, Seen>();
  #timer?: NodeJS.Timeout;
  #ticking?: Promise<void>;
  #again = false;
  #stopping = false;

  constructor(options: OperationDeskOptions) {
    this.#options = options;
    this.#times = { ...DESK_TIMES, ...options.times };
  }

  /** The number of operations that this replica works on. */
  get running(): number {
    return this.#running.size;
  }

  start(): void {
    this.#timer = setInterval(() => this.wake(), this.#times.tickMs);
    this.#timer.unref();
    this.wake();
  }

  /** Looks at the operations now. */
  wake(): void {
    if (this.#ticking) {
      this.#again = true;
      return;
    }
    this.#ticking = this.#tick()
      .catch(error =>
        this.#options.logger.error(
          'The operations on Helm releases could not be read',
          toError(error),
        ),
      )
      .finally(() => {
        this.#ticking = undefined;
        if (this.#again && !this.#stopping) {
          this.#again = false;
          this.wake();
        }
      });
  }

  /** @returns false if the operation has ended */
  async cancel(id: string, by: string): Promise<boolean> {
    const cancelled = await this.#options.store.cancel(id, by);
    this.#running.get(id)?.run.end({ type: 'cancelled', by });
    return cancelled;
  }

  /** Starts no more operations, ends those that run here, and waits until their ends are written. */
  async stop(): Promise<void> {
    this.#stopping = true;
    clearInterval(this.#timer);
    await this.#ticking;
    const running = [...this.#running.values()];
    running.forEach(({ run }) => run.end({ type: 'stopped' }));
    await Promise.all(running.map(({ done }) => done));
  }

  async #tick(): Promise<void> {
    const live = await this.#calls.run(this.#times.callMs, () =>
      this.#options.store.live(),
    );
    for (const operation of live) {
      if (this.#stopping) {
        return;
      }
      if (operation.state === 'Queued') {
        await this.#claim(operation);
      } else if (!this.#running.has(operation.id)) {
        await this.#watch(operation);
      }
    }
    this.#options.metrics.seen({
      queued: live.filter(({ state }) => state === 'Queued').length,
      running: this.#running.size,
    });
    const ids = new Set(live.map(({ id }) => id));
    for (const id of this.#seen.keys()) {
      if (!ids.has(id)) {
        this.#seen.delete(id);
      }
    }
  }

  async #claim(operation: OperationRecord): Promise<void> {
    const { concurrency, store } = this.#options;
    const busy = [...this.#running.values()].filter(
      ({ run }) => !run.isWaiting,
    );
    if (busy.length >= concurrency) {
      return;
    }
    await this.#take(
      operation,
      () => store.claim(operation.id, this.#replica),
      run => run.run(),
      claim => this.#giveBack(claim),
    );
  }

  async #watch(operation: OperationRecord): Promise<void> {
    const { id, fence, beat } = operation;
    const now = performance.now();
    const seen = this.#seen.get(id);
    if (seen?.fence !== fence || seen.beat !== beat) {
      this.#seen.set(id, { fence, beat, since: now });
      return;
    }
    if (now - seen.since < this.#times.silentMs) {
      return;
    }
    const { logger, store } = this.#options;
    await this.#take(
      operation,
      () => store.takeOver(operation, this.#replica),
      run => {
        logger.warn(
          `The replica of the operation ${id} is silent; this one finishes it`,
        );
        return run.recover();
      },
    );
  }

  /** Otherwise the operation would end as interrupted, although it did not begin. */
  #giveBack(claim: Claim): void {
    this.#options.store
      .giveBack(claim)
      .catch(error =>
        this.#options.logger.warn(
          `The claim of the operation ${claim.id} came too late, and could not be given back`,
          toError(error),
        ),
      );
  }

  /**
   * A claim that takes longer than `unsureMs` is not used: another replica may soon take the operation over.
   *
   * @param onLate - called with a claim that is not used
   */
  async #take(
    operation: OperationRecord,
    ask: () => Promise<Claim | undefined>,
    work: (run: OperationRun) => Promise<Conclusion>,
    onLate?: (claim: Claim) => void,
  ): Promise<void> {
    const sent = performance.now();
    const claim = await this.#calls.run(
      this.#times.unsureMs,
      ask,
      late => late && onLate?.(late),
    );
    if (claim) {
      this.#start(operation, claim, sent, work);
    }
  }

  #start(
    operation: OperationRecord,
    claim: Claim,
    since: number,
    work: (run: OperationRun) => Promise<Conclusion>,
  ): void {
    const { createRun, store } = this.#options;
    const run = createRun(operation, claim);
    const beats = new RunBeats({ run, store, times: this.#times });
    beats.start(since);
    const began = performance.now();
    const done = work(run)
      .then(end =>
        this.#options.metrics.ended(
          operation.kind,
          end,
          (performance.now() - began) / 1_000,
        ),
      )
      .catch(error => {
        this.#options.logger.error(
          `The operation ${operation.id} was not finished; it is tried again`,
          toError(error),
        );
      })
      .finally(() => {
        beats.stop();
        this.#running.delete(operation.id);
        this.wake();
      });
    this.#running.set(operation.id, { run, done });
  }
}
