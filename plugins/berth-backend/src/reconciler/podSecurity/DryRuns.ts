import pLimit, { Limit } from 'p-limit';
import { setTimeout as delay } from 'node:timers/promises';

const CALLS_AT_A_TIME = 8;

/** Longer than the time between the passes of a cluster with waiting namespaces. */
const KEPT_MS = 2 * 60_000;

/** A dry run, by a key that names the cluster, the namespace and the level. */
export interface DryRun {
  key: string;
  /** Returns the warnings of the API server. */
  run: () => Promise<string[]>;
}

interface Started {
  ended?: { at: number } & ({ warnings: string[] } | { error: unknown });
  done: Promise<void>;
}

/**
 * Carries out dry runs that can outlast a pass: an admission webhook that hangs must not delay the repairs on the
 * cluster. What has not ended in time continues, and a later pass gets the result.
 */
export class DryRuns {
  readonly #patienceMs: number;
  readonly #started = new Map<string, Started>();
  readonly #limits = new Map<string, Limit>();

  /** @param patienceMs - how long a pass waits */
  constructor(patienceMs = 3_000) {
    this.#patienceMs = patienceMs;
  }

  /**
   * @returns the warnings by key, of the dry runs that have ended
   * @throws the error of a dry run
   */
  async results(
    clusterId: string,
    wanted: DryRun[],
    signal: AbortSignal,
  ): Promise<ReadonlyMap<string, string[]>> {
    this.#forgetOld();
    const started = wanted.map(one => this.#start(clusterId, one));
    await this.#patiently(Promise.all(started.map(({ done }) => done)), signal);
    signal.throwIfAborted();
    const results = new Map<string, string[]>();
    for (const [index, { ended }] of started.entries()) {
      const { key } = wanted[index];
      if (ended) {
        this.#started.delete(key);
        if ('error' in ended) {
          throw ended.error;
        }
        results.set(key, ended.warnings);
      }
    }
    return results;
  }

  #start(clusterId: string, { key, run }: DryRun): Started {
    const known = this.#started.get(key);
    // An error of an earlier pass says nothing about the cluster now.
    if (known && !(known.ended && 'error' in known.ended)) {
      return known;
    }
    const limit = this.#limits.get(clusterId) ?? pLimit(CALLS_AT_A_TIME);
    this.#limits.set(clusterId, limit);
    const started: Started = {
      done: limit(run).then(
        warnings => {
          started.ended = { at: performance.now(), warnings };
        },
        error => {
          started.ended = { at: performance.now(), error };
        },
      ),
    };
    this.#started.set(key, started);
    return started;
  }

  async #patiently(work: Promise<unknown>, signal: AbortSignal): Promise<void> {
    const over = new AbortController();
    try {
      await Promise.race([
        work,
        delay(this.#patienceMs, undefined, {
          signal: AbortSignal.any([signal, over.signal]),
          ref: false,
        }),
      ]);
    } finally {
      over.abort();
    }
  }

  #forgetOld(): void {
    const before = performance.now() - KEPT_MS;
    for (const [key, { ended }] of this.#started) {
      if (ended && ended.at < before) {
        this.#started.delete(key);
      }
    }
  }
}
