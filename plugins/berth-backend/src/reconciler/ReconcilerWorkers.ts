import { LoggerService } from '@backstage/backend-plugin-api';
import { Config, readDurationFromConfig } from '@backstage/config';
import { toError } from '@backstage/errors';
import { durationToMilliseconds } from '@backstage/types';
import { redact } from '../kube';
import { ClusterChanges, ClusterStore } from '../registry/types';
import { ClusterReconciler, PassResult } from './ClusterReconciler';
import { ClusterWorker } from './ClusterWorker';

const RESYNC_SETTING = 'berth.reconciler.resyncInterval';
const DEFAULT_RESYNC_MS = 60_000;
const DEFAULT_PASS_MS = 5 * 60_000;
const DEFAULT_STOP_MS = 10_000;

export interface ReconcilerWorkersOptions {
  clusters: ClusterStore;
  reconciler: Pick<ClusterReconciler, 'reconcile'>;
  logger: LoggerService;
  /** How often every cluster is compared with the portal, changed or not. */
  resyncMs?: number;
  /** How long a pass may take. */
  passMs?: number;
}

/**
 * Keeps every registered cluster as the portal says.
 *
 * Each cluster has a worker of its own, so that none waits for another. A worker is woken by a change of
 * its cluster's shares or settings, by the resync, and by itself after a failed pass. What wakes it does
 * not matter, as each pass looks at everything.
 *
 * With several replicas each resyncs all clusters. That is more work than needed but does no harm (see
 * `ClusterReconciler`); a change made at one replica is acted on there at once, and whatever a slower pass
 * elsewhere made of older data is put right by the next resync.
 */
export class ReconcilerWorkers implements ClusterChanges {
  readonly #options: ReconcilerWorkersOptions;
  readonly #workers = new Map<string, ClusterWorker>();
  readonly #abort = new AbortController();
  #resync?: NodeJS.Timeout;
  #stopped = false;

  static create(options: ReconcilerWorkersOptions): ReconcilerWorkers {
    return new ReconcilerWorkers(options);
  }

  /** Reads the resync interval. */
  static fromConfig(
    config: Config,
    options: Omit<ReconcilerWorkersOptions, 'resyncMs'>,
  ): ReconcilerWorkers {
    const resyncMs = config.has(RESYNC_SETTING)
      ? durationToMilliseconds(
          readDurationFromConfig(config, { key: RESYNC_SETTING }),
        )
      : undefined;
    return new ReconcilerWorkers({ ...options, resyncMs });
  }

  private constructor(options: ReconcilerWorkersOptions) {
    this.#options = options;
  }

  /** Begins with all clusters. */
  start(): void {
    this.#resyncAll();
    this.#resync = setInterval(
      () => this.#resyncAll(),
      this.#options.resyncMs ?? DEFAULT_RESYNC_MS,
    );
    this.#resync.unref();
  }

  changed(clusterId: string): void {
    if (this.#stopped) {
      return;
    }
    let worker = this.#workers.get(clusterId);
    if (!worker) {
      worker = new ClusterWorker(() => this.#pass(clusterId));
      this.#workers.set(clusterId, worker);
    }
    worker.wake();
  }

  /**
   * Waits for the passes in flight, and ends those that take too long.
   *
   * @param deadlineMs - how long they may take
   */
  async stop(deadlineMs = DEFAULT_STOP_MS): Promise<void> {
    this.#stopped = true;
    clearInterval(this.#resync);
    const timer = setTimeout(() => this.#abort.abort(), deadlineMs);
    await Promise.all([...this.#workers.values()].map(one => one.stop()));
    clearTimeout(timer);
  }

  #resyncAll(): void {
    this.#options.clusters.list().then(
      clusters => {
        for (const { id } of clusters) {
          this.changed(id);
        }
      },
      error =>
        this.#options.logger.error(
          `Clusters cannot be listed, so none is reconciled until the next resync: ${
            toError(error).message
          }`,
        ),
    );
  }

  async #pass(clusterId: string): Promise<PassResult> {
    const { clusters, reconciler, logger } = this.#options;
    const passMs = this.#options.passMs ?? DEFAULT_PASS_MS;
    const deadline = new AbortController();
    const timer = setTimeout(
      () => deadline.abort(new Error(`it took longer than ${passMs / 1000} s`)),
      passMs,
    );
    try {
      const cluster = await clusters.getById(clusterId);
      if (!cluster) {
        this.#workers.delete(clusterId);
        return { settled: true };
      }
      return await reconciler.reconcile(
        cluster,
        AbortSignal.any([this.#abort.signal, deadline.signal]),
      );
    } catch (error) {
      logger.error(
        `A pass over the cluster with the id ${clusterId} ended early: ${redact(
          toError(error).message,
        )}`,
      );
      return { settled: false };
    } finally {
      clearTimeout(timer);
    }
  }
}
