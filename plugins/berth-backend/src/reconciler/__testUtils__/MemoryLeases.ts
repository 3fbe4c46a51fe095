import {
  LeaseState,
  LeaseStore,
  LeaseLostError,
  ReplicaState,
} from '../leases/types';
import { FencingToken } from '../types';

/** The leases in memory, for several replicas in one process. */
export class MemoryLeases implements LeaseStore {
  /** An error that each call throws, as if the database were unreachable. */
  failure?: Error;
  /** The times of the next tries. */
  readonly nextTries = new Map<string, Date | undefined>();
  readonly #replicas = new Map<string, number>();
  readonly #leases = new Map<string, LeaseState>();

  constructor(clusterIds: string[] = []) {
    clusterIds.forEach(id => this.add(id));
  }

  /** Registers a cluster. */
  add(clusterId: string): void {
    this.#leases.set(clusterId, { clusterId, token: 0, revision: 0 });
  }

  /** Deletes a cluster. */
  drop(clusterId: string): void {
    this.#leases.delete(clusterId);
  }

  /** Checks a token as the database does. */
  assertCurrentToken({ clusterId, holder, token }: FencingToken): void {
    const state = this.#leases.get(clusterId);
    if (state?.holder !== holder || state.token !== token) {
      throw new LeaseLostError({ clusterId });
    }
  }

  holderOf(clusterId: string): string | undefined {
    return this.#leases.get(clusterId)?.holder;
  }

  async join(id: string): Promise<void> {
    this.#reach();
    this.#replicas.set(id, 0);
  }

  async heartbeat(id: string): Promise<boolean> {
    this.#reach();
    const heartbeat = this.#replicas.get(id);
    if (heartbeat !== undefined) {
      this.#replicas.set(id, heartbeat + 1);
    }
    return heartbeat !== undefined;
  }

  async expire({ id, heartbeat }: ReplicaState): Promise<boolean> {
    this.#reach();
    if (this.#replicas.get(id) !== heartbeat) {
      return false;
    }
    await this.leave(id);
    return true;
  }

  async leave(id: string): Promise<void> {
    this.#reach();
    this.#replicas.delete(id);
    for (const state of this.#leases.values()) {
      if (state.holder === id) {
        delete state.holder;
      }
    }
  }

  async read() {
    this.#reach();
    return {
      replicas: [...this.#replicas].map(([id, heartbeat]) => ({
        id,
        heartbeat,
      })),
      leases: [...this.#leases.values()].map(state => ({ ...state })),
    };
  }

  async acquire(
    clusterId: string,
    holder: string,
  ): Promise<LeaseState | undefined> {
    this.#reach();
    const state = this.#leases.get(clusterId);
    if (!state || state.holder || !this.#replicas.has(holder)) {
      return undefined;
    }
    state.holder = holder;
    state.token++;
    return { ...state };
  }

  async release(fencingToken: FencingToken): Promise<void> {
    this.#reach();
    const state = this.#leases.get(fencingToken.clusterId);
    if (
      state?.holder === fencingToken.holder &&
      state.token === fencingToken.token
    ) {
      delete state.holder;
    }
  }

  async recordChange(clusterId: string): Promise<void> {
    this.#reach();
    const state = this.#leases.get(clusterId);
    if (state) {
      state.revision++;
    }
  }

  async get(clusterId: string): Promise<LeaseState | undefined> {
    this.#reach();
    const state = this.#leases.get(clusterId);
    return state && { ...state };
  }

  async recordNextTry(
    { clusterId }: FencingToken,
    at: Date | undefined,
  ): Promise<void> {
    this.#reach();
    this.nextTries.set(clusterId, at);
  }

  #reach(): void {
    if (this.failure) {
      throw this.failure;
    }
  }
}
