import { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import { ulid } from 'ulid';
import { ClusterLease } from './ClusterLease';
import { fairShare } from './fairShare';
import { Lease, LeaseState, LeaseStore, ReplicaState } from './types';

/** The interval at which a replica reports that it is alive, and checks the others. */
const TICK_MS = 1_000;

/**
 * The time that a replica may be silent. After it, the others give the replica up, and the replica gives itself
 * up. A backend is never silent that long unless its event loop or its database stands still.
 */
const LEASE_MS = 10_000;

/**
 * The number of heartbeats after which a replica counts while others hold clusters. A starting replica is busy,
 * and the clusters that it took would wait.
 */
const SETTLED_BEATS = 10;

/** Called as leases are taken and lost. */
export interface LeaseListener {
  /** Called when this replica begins to work on a cluster. */
  acquired(lease: Lease): void;
  /** Called when the desired state of the cluster changed, here or at another replica. */
  desiredStateChanged(clusterId: string): void;
  /** Called when the cluster is not ours any more; `lease.signal` is aborted. */
  lost(clusterId: string): void;
  /** Finishes the work on a cluster before another replica takes it. The lease is held meanwhile. */
  finish(clusterId: string): Promise<void>;
}

export interface ClusterLeasesOptions {
  store: LeaseStore;
  listener: LeaseListener;
  logger: LoggerService;
  tickMs?: number;
  leaseMs?: number;
  /** A monotonic clock, in milliseconds. */
  now?: () => number;
}

/**
 * Shares the clusters among the replicas of the backend.
 *
 * Each replica increments its heartbeat in the database every second. A replica that sees the same heartbeat of
 * another one for ten seconds, by its own clock, gives the other one up. That frees its leases, and replicas
 * with fewer clusters than their share take them. A replica that has just started gets its share only after ten
 * heartbeats, unless it is alone. So no two clocks are ever compared. A replica that cannot write its heartbeat
 * for ten seconds assumes that the others gave it up: it stops its work, and joins again under another name. It
 * counts from before its last heartbeat, the others from after they saw that heartbeat, so it has always
 * stopped before they begin.
 *
 * The fencing token makes its late writes to the database fail (`writeUnderLease`). Backstage's scheduler has
 * no such token (decision 0039).
 *
 * The same tick reads the revisions of our clusters, so a change at another replica wakes us within a second.
 */
export class ClusterLeases {
  readonly #options: ClusterLeasesOptions;
  readonly #now: () => number;
  readonly #leaseMs: number;
  readonly #leases = new Map<
    string,
    { lease: ClusterLease; revision: number }
  >();
  readonly #leaving = new Set<string>();
  readonly #acquiring = new Set<string>();
  readonly #heartbeats = new Map<
    string,
    { heartbeat: number; since: number }
  >();
  #id: string | undefined;
  #former?: string;
  #validUntil = 0;
  #timer?: NodeJS.Timeout;
  #expiry?: NodeJS.Timeout;
  #ticking?: Promise<void>;
  #stopped = false;

  constructor(options: ClusterLeasesOptions) {
    this.#options = options;
    this.#now = options.now ?? (() => performance.now());
    this.#leaseMs = options.leaseMs ?? LEASE_MS;
  }

  start(): void {
    this.#schedule(0);
  }

  /** Notifies all replicas that the desired state of a cluster changed, and takes the cluster if it is free. */
  async recordChange(clusterId: string): Promise<void> {
    await this.#options.store.recordChange(clusterId);
    await this.look(clusterId);
  }

  /** Acts on a change that is recorded already, without waiting for the next tick. */
  async look(clusterId: string): Promise<void> {
    const state = await this.#options.store.get(clusterId);
    const ours = this.#leases.get(clusterId);
    if (ours && state && ours.lease.matches(state)) {
      this.#compareRevision(state);
    } else if (state && !state.holder && this.#id) {
      await this.#acquire(clusterId, this.#id);
    }
  }

  /** Gives back all leases; call this once no work is done under them. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#ticking;
    clearTimeout(this.#expiry);
    const id = this.#id;
    this.#loseAll();
    if (id) {
      await this.#options.store.leave(id).catch(error => this.#logError(error));
    }
  }

  #schedule(delay: number): void {
    this.#timer = setTimeout(() => {
      this.#ticking = this.#tick()
        .catch(error => this.#logError(error))
        .finally(() => {
          if (!this.#stopped) {
            this.#schedule(this.#options.tickMs ?? TICK_MS);
          }
        });
    }, delay);
    this.#timer.unref();
  }

  async #tick(): Promise<void> {
    const { store } = this.#options;
    const sentAt = this.#now();
    if (this.#id && !(await store.heartbeat(this.#id))) {
      this.#loseAll();
    }
    if (!this.#id) {
      if (this.#former) {
        await store.leave(this.#former);
        this.#former = undefined;
      }
      const id = ulid();
      await store.join(id);
      this.#id = id;
    }
    this.#extend(sentAt + this.#leaseMs);
    const { replicas, leases } = await store.read();
    this.#compareOwnLeases(leases);
    await this.#freeForgottenLeases(this.#id, leases);
    await this.#expireSilentReplicas(replicas);
    await this.#balance(this.#id, replicas, leases);
  }

  /** Ends the leases at this time if no later heartbeat succeeds. */
  #extend(validUntil: number): void {
    this.#validUntil = validUntil;
    clearTimeout(this.#expiry);
    this.#expiry = setTimeout(() => this.#loseAll(), validUntil - this.#now());
    this.#expiry.unref();
  }

  /** Compares the leases in the database with our own. */
  #compareOwnLeases(leases: LeaseState[]): void {
    const states = new Map(leases.map(state => [state.clusterId, state]));
    for (const [clusterId, { lease }] of this.#leases) {
      const state = states.get(clusterId);
      if (state && lease.matches(state)) {
        this.#compareRevision(state);
      } else {
        this.#lose(clusterId);
      }
    }
  }

  /**
   * Frees the leases that are ours in the database only, because a release failed or the answer to an acquisition was
   * lost. No replica would work on these clusters, and no revocation would reach them.
   */
  async #freeForgottenLeases(id: string, leases: LeaseState[]): Promise<void> {
    for (const { clusterId, holder, token } of leases) {
      const known =
        this.#leases.has(clusterId) ||
        this.#leaving.has(clusterId) ||
        this.#acquiring.has(clusterId);
      if (holder === id && !known) {
        await this.#options.store.release({ clusterId, holder, token });
      }
    }
  }

  #compareRevision({ clusterId, revision }: LeaseState): void {
    const ours = this.#leases.get(clusterId);
    if (ours && ours.revision !== revision) {
      ours.revision = revision;
      this.#options.listener.desiredStateChanged(clusterId);
    }
  }

  async #expireSilentReplicas(replicas: ReplicaState[]): Promise<void> {
    const now = this.#now();
    const alive = new Set(replicas.map(({ id }) => id));
    for (const id of this.#heartbeats.keys()) {
      if (!alive.has(id)) {
        this.#heartbeats.delete(id);
      }
    }
    for (const replica of replicas) {
      const seen = this.#heartbeats.get(replica.id);
      if (seen?.heartbeat !== replica.heartbeat) {
        this.#heartbeats.set(replica.id, {
          heartbeat: replica.heartbeat,
          since: now,
        });
      } else if (
        replica.id !== this.#id &&
        now - seen.since >= this.#leaseMs &&
        (await this.#options.store.expire(replica))
      ) {
        this.#options.logger.warn(
          `The replica ${replica.id} has been silent for ${Math.round(
            (now - seen.since) / 1000,
          )} s; its clusters are taken over`,
        );
      }
    }
  }

  /** Takes or gives back clusters up to the fair share. */
  async #balance(
    id: string,
    replicas: ReplicaState[],
    leases: LeaseState[],
  ): Promise<void> {
    const share = fairShare(
      id,
      sharingReplicas(replicas, leases),
      leases.length,
    );
    const free = leases.filter(
      ({ clusterId, holder }) => !holder && !this.#leases.has(clusterId),
    );
    const wanted = share - this.#leases.size;
    const until = this.#now() + (this.#options.tickMs ?? TICK_MS);
    for (const { clusterId } of free.slice(0, Math.max(wanted, 0))) {
      await this.#acquire(clusterId, id);
      // Taking a hundred clusters may take longer than the others tolerate our silence. The next tick
      // continues.
      if (this.#now() > until) {
        break;
      }
    }
    for (const clusterId of [...this.#leases.keys()].slice(
      Math.max(share, 0),
    )) {
      this.#release(clusterId);
    }
  }

  async #acquire(clusterId: string, id: string): Promise<void> {
    this.#acquiring.add(clusterId);
    const state = await this.#options.store
      .acquire(clusterId, id)
      .finally(() => this.#acquiring.delete(clusterId));
    if (!state || this.#id !== id || this.#stopped) {
      return;
    }
    const lease = new ClusterLease(
      { clusterId, holder: id, token: state.token },
      () => (this.#id === id ? this.#validUntil : 0),
      this.#now,
    );
    this.#leases.set(clusterId, { lease, revision: state.revision });
    this.#options.listener.acquired(lease);
  }

  /** Does not wait, because a long pass must not delay the heartbeat of this replica. */
  #release(clusterId: string): void {
    const ours = this.#leases.get(clusterId);
    if (!ours || this.#leaving.has(clusterId)) {
      return;
    }
    this.#leaving.add(clusterId);
    this.#options.listener
      .finish(clusterId)
      .then(() => {
        if (this.#leases.get(clusterId) === ours) {
          this.#lose(clusterId);
        }
        return this.#options.store.release(ours.lease);
      })
      .catch(error => this.#logError(error))
      .finally(() => this.#leaving.delete(clusterId));
  }

  #lose(clusterId: string): void {
    const ours = this.#leases.get(clusterId);
    if (ours) {
      this.#leases.delete(clusterId);
      ours.lease.end();
      this.#options.listener.lost(clusterId);
    }
  }

  #loseAll(): void {
    this.#former = this.#id;
    this.#id = undefined;
    for (const clusterId of [...this.#leases.keys()]) {
      this.#lose(clusterId);
    }
  }

  #logError(error: unknown): void {
    this.#options.logger.error(
      `Could not share the clusters among the replicas: ${
        toError(error).message
      }`,
    );
  }
}

/** Returns the replicas that share the clusters; all of them if none has held clusters for long. */
function sharingReplicas(
  replicas: ReplicaState[],
  leases: LeaseState[],
): string[] {
  const holders = new Set(leases.map(({ holder }) => holder));
  const settled = replicas.filter(
    ({ id, heartbeat }) => heartbeat >= SETTLED_BEATS || holders.has(id),
  );
  return (settled.length > 0 ? settled : replicas).map(({ id }) => id);
}
