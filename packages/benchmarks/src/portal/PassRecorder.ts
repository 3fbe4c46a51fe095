import { MetricsService } from '@backstage/backend-plugin-api/alpha';
import { EventEmitter, once } from 'node:events';

/** A finished pass of the reconciler. */
export interface Pass {
  cluster: string;
  result: 'settled' | 'unsettled' | 'unreached';
  seconds: number;
}

/** Reads from the metrics of the reconciler what it writes and when its passes end. */
export class PassRecorder {
  /** The number of writes to clusters so far. */
  writes = 0;
  /** The time of the answer to the last write, by `performance.now()`. */
  lastWriteAt = 0;
  /** The number of passes so far. */
  passes = 0;
  readonly #events = new EventEmitter();

  readonly metrics = {
    createCounter: (name: string) => ({
      add: (value: number) => {
        if (name === 'berth.reconciler.writes') {
          this.writes += value;
          this.lastWriteAt = performance.now();
          this.#events.emit('write');
        }
      },
    }),
    createHistogram: (name: string) => ({
      record: (seconds: number, attributes: Omit<Pass, 'seconds'>) => {
        if (name === 'berth.reconciler.duration') {
          this.passes += 1;
          this.#events.emit('pass', { ...attributes, seconds });
        }
      },
    }),
    createObservableGauge: () => ({
      addCallback: () => {},
      removeCallback: () => {},
    }),
  } as unknown as MetricsService;

  constructor() {
    this.#events.setMaxListeners(0);
  }

  /** Resolves with the next pass that ends, of one cluster or of any. */
  async nextPass(cluster?: string): Promise<Pass> {
    for (;;) {
      const [pass] = (await once(this.#events, 'pass')) as [Pass];
      if (cluster === undefined || pass.cluster === cluster) {
        return pass;
      }
    }
  }

  async nextWrite(): Promise<void> {
    await once(this.#events, 'write');
  }

  /** Resolves after this many milliseconds in which no pass ended and nothing was written. */
  async rest(forMs: number): Promise<void> {
    let before;
    do {
      before = `${this.passes} ${this.writes}`;
      await new Promise(resolve => {
        setTimeout(resolve, forMs);
      });
    } while (before !== `${this.passes} ${this.writes}`);
  }
}
