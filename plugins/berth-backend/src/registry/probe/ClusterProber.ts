import { LoggerService } from '@backstage/backend-plugin-api';
import { Config, readDurationFromConfig } from '@backstage/config';
import { NotFoundError, stringifyError } from '@backstage/errors';
import { durationToMilliseconds } from '@backstage/types';
import limiterFactory from 'p-limit';
import { readClusterUid } from '../../identity/readClusterUid';
import { isKubeError, KubeClient, KubeError } from '../../kube';
import { CoalescingRunner } from '../CoalescingRunner';
import {
  ClusterConnector,
  ClusterProbes,
  ClusterRecord,
  ClusterStore,
  ProbeResult,
} from '../../model/clusters';
import { describeFailure } from './describeFailure';
import { nextStatus } from './nextStatus';
import { probeCluster } from './probeCluster';

const INTERVAL_SETTING = 'berth.clusterProbe.interval';

export interface ClusterProberOptions {
  clusters: ClusterStore;
  connect: ClusterConnector;
  logger: LoggerService;
  /** Called when the state of a cluster changes. */
  onChange?: () => void;
  /** Milliseconds between the end of one round and the start of the next; 30,000 by default. */
  interval?: number;
  /** Milliseconds that one probe may take; 10,000 by default. */
  deadline?: number;
  /**
   * Clusters that a round probes at a time; 100 by default, so that dead clusters do not block others.
   */
  concurrency?: number;
}

/**
 * Probes all clusters in rounds, and single ones on request.
 *
 * A round probes a bounded number of clusters at a time, each with a deadline, so that a dead cluster only takes one
 * slot. A request does not queue behind the round. A cluster has at most one probe at a time; a request during a
 * probe gets the next one, because the current one may have started before the change that the request is about.
 */
export class ClusterProber implements ClusterProbes {
  readonly #options: Required<ClusterProberOptions>;
  readonly #runner = new CoalescingRunner<ProbeResult>();
  readonly #stopped = new AbortController();
  #timer: NodeJS.Timeout | undefined;
  #round: Promise<void> = Promise.resolve();

  static create(options: ClusterProberOptions): ClusterProber {
    return new ClusterProber(options);
  }

  /** Reads the interval from `berth.clusterProbe.interval`, a duration such as `30s` or `{seconds: 30}`. */
  static fromConfig(
    config: Config,
    options: Omit<ClusterProberOptions, 'interval'>,
  ): ClusterProber {
    return new ClusterProber({
      ...options,
      interval: config.has(INTERVAL_SETTING)
        ? durationToMilliseconds(
            readDurationFromConfig(config, { key: INTERVAL_SETTING }),
          )
        : undefined,
    });
  }

  private constructor(options: ClusterProberOptions) {
    this.#options = {
      ...options,
      onChange: options.onChange ?? (() => {}),
      interval: options.interval ?? 30_000,
      deadline: options.deadline ?? 10_000,
      concurrency: options.concurrency ?? 100,
    };
  }

  /** Starts the first round at once. */
  start(): void {
    this.#round = this.probeAll()
      .catch(error =>
        this.#options.logger.warn(
          `Could not probe the clusters: ${stringifyError(error)}`,
        ),
      )
      .then(() => {
        if (!this.#stopped.signal.aborted) {
          this.#timer = setTimeout(() => this.start(), this.#options.interval);
          this.#timer.unref();
        }
      });
  }

  /** Aborts current probes and stores nothing more. */
  async stop(): Promise<void> {
    this.#stopped.abort(new Error('The prober is stopped'));
    clearTimeout(this.#timer);
    await this.#round;
    await Promise.allSettled(this.#runner.allRunning());
  }

  /** Probes all clusters once. A failing cluster does not make it reject. */
  async probeAll(): Promise<void> {
    const { clusters, concurrency } = this.#options;
    const limit = limiterFactory(concurrency);
    const all = await clusters.list();
    await Promise.all(
      all.map(({ id }) =>
        limit(async () => {
          if (!this.#stopped.signal.aborted) {
            await this.#logged(id, this.#runner.running(id) ?? this.probe(id));
          }
        }),
      ),
    );
  }

  request(clusterId: string): void {
    void this.#logged(clusterId, this.probe(clusterId));
  }

  probe(clusterId: string): Promise<ProbeResult> {
    return this.#runner.run(clusterId, () => this.#probe(clusterId));
  }

  async #probe(clusterId: string): Promise<ProbeResult> {
    const { clusters } = this.#options;
    const cluster = await clusters.getById(clusterId);
    if (!cluster) {
      throw new NotFoundError(
        `The cluster with the id ${clusterId} does not exist any more`,
      );
    }
    const result = await this.#withDeadline(cluster);
    this.#stopped.signal.throwIfAborted();
    await clusters.setStatus(
      clusterId,
      nextStatus(cluster.status, result, new Date().toISOString()),
    );
    if (result.state !== cluster.status.state) {
      this.#options.onChange();
    }
    return result;
  }

  /** Ends at the deadline even if the client ignores the signal. */
  async #withDeadline(cluster: ClusterRecord): Promise<ProbeResult> {
    const { connect, deadline } = this.#options;
    const ended = new AbortController();
    const timer = setTimeout(
      () =>
        ended.abort(
          new KubeError(
            'Timeout',
            `The cluster did not report its version and nodes within ${
              deadline / 1000
            } s`,
          ),
        ),
      deadline,
    );
    const signal = AbortSignal.any([ended.signal, this.#stopped.signal]);
    try {
      return await Promise.race([
        this.#probeAndPin(connect(cluster), cluster, signal),
        rejectionOf(signal),
      ]);
    } catch (error) {
      if (isKubeError(error)) {
        return describeFailure(error);
      }
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }

  /**
   * Pins the cluster with the first successful probe, before it is Connected, so that the registration
   * is remembered even if the cluster is deleted at once. A cluster whose UID cannot be read is Connected unpinned.
   */
  async #probeAndPin(
    client: KubeClient,
    cluster: ClusterRecord,
    signal: AbortSignal,
  ): Promise<ProbeResult> {
    const result = await probeCluster(client, cluster, { signal });
    if (result.state === 'Connected' && cluster.kubeSystemUid === undefined) {
      try {
        const uid = await readClusterUid(client, { signal });
        signal.throwIfAborted();
        await this.#options.clusters.pin(cluster.id, uid);
      } catch (error) {
        // `ClusterIdentity` tries again, and logs why it fails.
        if (!isKubeError(error) || signal.aborted) {
          throw error;
        }
      }
    }
    return result;
  }

  async #logged(clusterId: string, probe: Promise<unknown>): Promise<void> {
    try {
      await probe;
    } catch (error) {
      if (!this.#stopped.signal.aborted && !(error instanceof NotFoundError)) {
        this.#options.logger.warn(
          `Could not probe the cluster with the id ${clusterId}: ${stringifyError(
            error,
          )}`,
        );
      }
    }
  }
}

function rejectionOf(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), {
      once: true,
    });
  });
}
