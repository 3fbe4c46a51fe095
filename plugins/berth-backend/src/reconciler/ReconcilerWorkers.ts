import { LoggerService } from '@backstage/backend-plugin-api';
import { Config, readDurationFromConfig } from '@backstage/config';
import { toError } from '@backstage/errors';
import { durationToMilliseconds } from '@backstage/types';
import { redact } from '../kube';
import { ClusterChanges, ClusterStore } from '../model/clusters';
import { ClusterReconciler, PassResult } from './ClusterReconciler';
import { ClusterWorker } from './ClusterWorker';
import { FirstPassLimiter } from './FirstPassLimiter';
import { LeaseListener, ClusterLeases } from './leases/ClusterLeases';
import { Lease, LeaseStore } from './leases/types';
import { ReconcilerMetrics } from './metrics/types';
import { ClusterSession } from './ClusterSession';
import { Observer } from './types';

const RESYNC_SETTING = 'berth.reconciler.resyncInterval';
/** Watches report changes; this is for changes that no watch reports. */
const DEFAULT_RESYNC_MS = 10 * 60 * 60_000;
const DEFAULT_PASS_MS = 5 * 60_000;
const DEFAULT_FINISH_MS = 10_000;
/** A pass that ends early loses nothing, and a cluster that does not answer must not delay the shutdown. */
const DEFAULT_STOP_MS = 500;

export interface ReconcilerWorkersOptions {
  clusters: Pick<ClusterStore, 'getById'>;
  reconciler: Pick<ClusterReconciler, 'reconcile' | 'revoke'>;
  leases: LeaseStore;
  /** Releases clusters that this replica no longer works on. */
  observer?: Pick<Observer, 'release' | 'stop'>;
  metrics: Pick<ReconcilerMetrics, 'forget'>;
  logger: LoggerService;
  /** The interval at which every cluster is compared with the portal, even if nothing changed. */
  resyncMs?: number;
  /** The longest time that a pass may take. */
  passMs?: number;
  /** The longest time that a pass may go on before another replica takes the cluster. */
  finishMs?: number;
  /** The timing of the leases, for tests. */
  timing?: { tickMs?: number; leaseMs?: number; now?: () => number };
  random?: () => number;
}

interface LeasedCluster {
  session: ClusterSession;
  worker: ClusterWorker;
  /** Ends the pass that is under way. */
  abort: AbortController;
}

/**
 * Keeps every registered cluster in its desired state.
 *
 * Each cluster whose lease this replica holds has its own worker, so that no cluster waits for another. A
 * worker is woken by a change of its cluster's shares or settings, here or at another replica, by the resync,
 * and automatically after a failed pass. The reason does not matter, because each pass looks at everything.
 */
export class ReconcilerWorkers implements ClusterChanges, LeaseListener {
  readonly #options: ReconcilerWorkersOptions;
  readonly #clusterLeases: ClusterLeases;
  readonly #leased = new Map<string, LeasedCluster>();
  readonly #ending = new Set<Promise<void>>();
  readonly #firstPasses = new FirstPassLimiter();
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
    this.#clusterLeases = new ClusterLeases({
      store: options.leases,
      listener: this,
      logger: options.logger,
      ...options.timing,
    });
  }

  /** Starts to take clusters. */
  start(): void {
    this.#clusterLeases.start();
  }

  /** Call after a change of the desired state of a cluster, or of the cluster. */
  changed(clusterId: string): void {
    this.#notify(clusterId, () => this.#clusterLeases.recordChange(clusterId));
  }

  recorded(clusterId: string): void {
    this.#notify(clusterId, () => this.#clusterLeases.look(clusterId));
  }

  #notify(clusterId: string, notify: () => Promise<void>): void {
    if (this.#stopped) {
      return;
    }
    notify().catch(error => {
      this.#options.logger.error(
        `Could not notify the other replicas of a change of the cluster with the id ${clusterId}, so it may wait for the resync: ${
          toError(error).message
        }`,
      );
      this.#leased.get(clusterId)?.worker.changed();
    });
  }

  /** Call when something changed on a cluster. */
  wake(clusterId: string): void {
    this.#leased.get(clusterId)?.worker.wake();
  }

  /** Call when the configuration changed. */
  wakeAll(): void {
    this.#leased.forEach(({ worker }) => worker.wake());
  }

  /**
   * Ends the passes under way, and gives all clusters back, so that other replicas take them at once.
   *
   * @param deadlineMs - the time that the passes may go on
   */
  async stop(deadlineMs = DEFAULT_STOP_MS): Promise<void> {
    this.#stopped = true;
    await Promise.all(
      [...this.#leased.keys()].map(id => this.finish(id, deadlineMs)),
    );
    await Promise.all(this.#ending);
    await this.#clusterLeases.stop();
    await this.#options.observer?.stop();
  }

  /** @internal */
  acquired(lease: Lease): void {
    const { clusterId } = lease;
    const { resyncMs = DEFAULT_RESYNC_MS, leases, random } = this.#options;
    const session = new ClusterSession(lease);
    const abort = new AbortController();
    let over: () => void = () => {};
    const firstPass = new Promise<void>(resolve => {
      over = resolve;
    });
    const worker = new ClusterWorker({
      resyncMs,
      random,
      pass: () => this.#pass(session, abort.signal).finally(over),
      revoke: () => this.#revoke(session, abort.signal),
      onNextTry: at => {
        leases.recordNextTry(lease, at).catch(error => {
          this.#options.logger.warn(
            `Could not store the time of the next try: ${
              toError(error).message
            }`,
          );
        });
      },
    });
    this.#leased.set(clusterId, { session, worker, abort });
    void this.#isSilent(clusterId).then(silent =>
      this.#firstPasses.run(async () => {
        if (!this.#stopped && this.#leased.get(clusterId)?.worker === worker) {
          worker.wake();
          await firstPass;
        }
      }, silent),
    );
  }

  /** @internal */
  desiredStateChanged(clusterId: string): void {
    this.#leased.get(clusterId)?.worker.changed();
  }

  /** @internal */
  lost(clusterId: string): void {
    const leased = this.#leased.get(clusterId);
    if (leased) {
      this.#leased.delete(clusterId);
      const end = leased.worker.stop().finally(() => {
        this.#ending.delete(end);
        if (!this.#leased.has(clusterId)) {
          this.#options.observer?.release(clusterId);
        }
      });
      this.#ending.add(end);
      this.#options.metrics.forget(clusterId);
    }
  }

  /** @internal */
  async finish(
    clusterId: string,
    deadlineMs = this.#options.finishMs ?? DEFAULT_FINISH_MS,
  ): Promise<void> {
    const leased = this.#leased.get(clusterId);
    if (leased) {
      const timer = setTimeout(() => leased.abort.abort(), deadlineMs);
      await leased.worker.stop();
      clearTimeout(timer);
    }
  }

  async #isSilent(clusterId: string): Promise<boolean> {
    try {
      const cluster = await this.#options.clusters.getById(clusterId);
      return cluster?.status.state === 'Unreachable';
    } catch {
      // The pass reads the cluster again and reports the error.
      return true;
    }
  }

  async #pass(session: ClusterSession, end: AbortSignal): Promise<PassResult> {
    const { clusters, reconciler } = this.#options;
    const { clusterId } = session.lease;
    const result = await this.#bounded(session, end, async signal => {
      const cluster = await clusters.getById(clusterId);
      return cluster
        ? reconciler.reconcile(cluster, session, signal)
        : { settled: true };
    });
    return result ?? { settled: false };
  }

  async #revoke(session: ClusterSession, end: AbortSignal): Promise<void> {
    const { clusters, reconciler } = this.#options;
    await this.#bounded(session, end, async signal => {
      const cluster = await clusters.getById(session.lease.clusterId);
      if (cluster) {
        await reconciler.revoke(cluster, session, signal);
      }
    });
  }

  /** @returns undefined if the work failed */
  async #bounded<T>(
    { lease }: ClusterSession,
    end: AbortSignal,
    work: (signal: AbortSignal) => Promise<T>,
  ): Promise<T | undefined> {
    const passMs = this.#options.passMs ?? DEFAULT_PASS_MS;
    const deadline = new AbortController();
    const timer = setTimeout(
      () => deadline.abort(new Error(`it took longer than ${passMs / 1000} s`)),
      passMs,
    );
    try {
      return await work(AbortSignal.any([lease.signal, end, deadline.signal]));
    } catch (error) {
      this.#options.logger.error(
        `A pass over the cluster with the id ${
          lease.clusterId
        } ended early: ${redact(toError(error).message)}`,
      );
      return undefined;
    } finally {
      clearTimeout(timer);
    }
  }
}
