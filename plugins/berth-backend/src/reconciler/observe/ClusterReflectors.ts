import { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import { isKubeError, KubeClient, KubeKey, redact } from '../../kube';
import { ClusterRecord } from '../../model/clusters';
import { ownLabels } from '../desired';
import { KINDS, WATCHED_KINDS } from '../kinds';
import { ObjectKind, WatchedKind } from '../types';
import { DriftRateLimiter } from './DriftRateLimiter';
import { Reflector, ReflectorOptions, ReflectorState } from './Reflector';
import { RoleWatch } from './RoleWatch';
import { StatusReports, StatusSink } from './StatusReports';

const POLL_MS = 60_000;

/** A person who may delete a binding must not lock a group out for long by deleting it again and again. */
const MAX_DELETED_MS = 5_000;
const WARN_MS = 10 * 60_000;

export interface ClusterReflectorsOptions {
  cluster: ClusterRecord;
  client: KubeClient;
  /** Called when the cluster needs a pass. */
  wake: () => void;
  /** Stores the observed status for people. */
  status: StatusSink;
  /** Called when the cluster-wide objects of the onboarding manifest changed. */
  onRolesChanged: () => void;
  /** Called with a binding that is deleted again and again, every ten minutes at most. */
  onRepeatedDeletion?: (binding: KubeKey) => void;
  logger: LoggerService;
  /** For tests. */
  reflector?: Pick<ReflectorOptions, 'maxObjects' | 'relistMs' | 'random'>;
  pollMs?: number;
}

/**
 * The reflectors of one cluster, one for each kind that we make.
 *
 * All namespaces are followed, because a foreign namespace may have a name that ours needs. Of the other kinds,
 * only objects with our labels are followed.
 */
export class ClusterReflectors {
  readonly #options: ClusterReflectorsOptions;
  readonly #reflectors: ReadonlyMap<WatchedKind, Reflector>;
  readonly #rateLimiter = new DriftRateLimiter();
  readonly #reports: StatusReports;
  readonly #roles: RoleWatch;
  readonly #poll: NodeJS.Timeout;
  #wakeAt = Infinity;
  #warnedAt = -Infinity;
  #timer?: NodeJS.Timeout;
  #stopped = false;

  static start(options: ClusterReflectorsOptions): ClusterReflectors {
    const reflectors = new ClusterReflectors(options);
    reflectors.#reflectors.forEach(reflector => reflector.start());
    return reflectors;
  }

  private constructor(options: ClusterReflectorsOptions) {
    this.#options = options;
    this.#reports = new StatusReports({ ...options, sink: options.status });
    this.#reflectors = new Map(
      WATCHED_KINDS.map(kind => [kind, this.#make(kind)]),
    );
    this.#roles = RoleWatch.start({
      ...options,
      cluster: options.cluster.name,
      onChange: options.onRolesChanged,
    });
    this.#poll = setInterval(
      () => this.#wakeIfUnsynced(),
      (options.pollMs ?? POLL_MS) * (1 - Math.random() / 4),
    );
    this.#poll.unref();
  }

  of(kind: ObjectKind): Reflector {
    const reflector =
      kind === 'Secret' ? undefined : this.#reflectors.get(kind);
    if (!reflector) {
      throw new Error(`Objects of the kind ${kind} are not followed`);
    }
    return reflector;
  }

  /** Returns whether these reflectors follow the cluster as it is registered now. */
  follows({ apiServer, caPem, connection }: ClusterRecord): boolean {
    const { cluster } = this.#options;
    return (
      cluster.apiServer === apiServer &&
      cluster.caPem === caPem &&
      cluster.connection === connection
    );
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearInterval(this.#poll);
    clearTimeout(this.#timer);
    await Promise.all(
      [this.#reports, this.#roles, ...this.#reflectors.values()].map(one =>
        one.stop(),
      ),
    );
  }

  #make(kind: WatchedKind): Reflector {
    const { cluster, client, reflector } = this.#options;
    return new Reflector({
      client,
      resource: KINDS[kind].resource,
      labels: kind === 'Namespace' ? undefined : ownLabels(cluster.id),
      onChange: key => this.#changed(kind, key),
      onState: state => this.#stateChanged(kind, state),
      listener: this.#reports.listenerOf(kind),
      ...reflector,
    });
  }

  #changed(kind: WatchedKind, key: KubeKey | undefined): void {
    if (!key) {
      this.#wakeIn(0);
      return;
    }
    const delay = this.#rateLimiter.delayFor(
      `${kind}/${key.namespace}/${key.name}`,
    );
    const isDeleted = kind === 'RoleBinding' && !this.of(kind).get(key);
    this.#wakeIn(isDeleted ? Math.min(delay, MAX_DELETED_MS) : delay);
    if (isDeleted && delay > 0) {
      this.#warnAbout(key);
    }
  }

  /** Warns about a binding, every ten minutes at most for all bindings together. */
  #warnAbout({ namespace, name }: KubeKey): void {
    const { cluster, logger, onRepeatedDeletion } = this.#options;
    if (Date.now() - this.#warnedAt >= WARN_MS) {
      this.#warnedAt = Date.now();
      logger.warn(
        `Cluster ${
          cluster.name
        }: the RoleBinding ${namespace}/${name} is deleted again and again. Berth creates it again within ${
          MAX_DELETED_MS / 1_000
        } s each time; find out in the audit log of the API server who deletes it`,
      );
      onRepeatedDeletion?.({ namespace, name });
    }
  }

  #stateChanged(kind: WatchedKind, state: ReflectorState): void {
    const { cluster, logger } = this.#options;
    const { plural } = KINDS[kind].resource;
    const reflector = this.of(kind);
    if (state === 'failed') {
      logger.warn(
        `Cluster ${
          cluster.name
        }: ${plural} cannot be followed at the moment, so they are read one by one: ${redact(
          toError(reflector.failure).message,
        )}`,
      );
    } else {
      logger.info(
        `Cluster ${cluster.name}: following ${reflector.size} ${plural}`,
      );
      // A pass that failed for the same reason need not wait for its next try.
      this.#wakeIn(0);
    }
  }

  /** Wakes the worker if objects are not followed, because only a pass notices their changes. */
  #wakeIfUnsynced(): void {
    const unsynced = [...this.#reflectors.values()].filter(
      ({ state }) => state === 'failed',
    );
    const isRateLimited = unsynced.some(
      ({ failure }) => isKubeError(failure) && failure.retryAfterSeconds,
    );
    if (unsynced.length > 0 && !isRateLimited) {
      this.#wakeIn(0);
    }
  }

  #wakeIn(milliseconds: number): void {
    const at = Date.now() + milliseconds;
    if (this.#stopped || at >= this.#wakeAt) {
      return;
    }
    clearTimeout(this.#timer);
    const wake = () => {
      this.#wakeAt = Infinity;
      this.#options.wake();
    };
    if (milliseconds === 0) {
      wake();
    } else {
      this.#wakeAt = at;
      this.#timer = setTimeout(wake, milliseconds);
      this.#timer.unref();
    }
  }
}
