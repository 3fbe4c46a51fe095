import {
  LeaseState,
  LeaseStore,
  LeaseLostError,
  ReplicaState,
} from '../leases/types';
import { Fence } from '../types';

/** The leases in memory, for several replicas in one process. */
export class MemoryLeases implements LeaseStore {
  /** Thrown by each call, as if the database were unreachable. */
  failure?: Error;
  /** The times of the next tries. */
  readonly nextTries = new Map<string, Date | undefined>();
  readonly #replicas = new Map<string, number>();
  readonly #leases = new Map<string, LeaseState>();

  constructor(clusterIds: string[] = []) {
    clusterIds.forEach(id => this.add(id));
  }

  /** A cluster is registered. */
  add(clusterId: string): void {
    this.#leases.set(clusterId, { clusterId, token: 0, revision: 0 });
  }

  /** A cluster is deleted. */
  drop(clusterId: string): void {
    this.#leases.delete(clusterId);
  }

  /** As the database does. */
  assertFenced({ clusterId, holder, token }: Fence): void {
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

  async beat(id: string): Promise<boolean> {
    this.#reach();
    const beat = this.#replicas.get(id);
    if (beat !== undefined) {
      this.#replicas.set(id, beat + 1);
    }
    return beat !== undefined;
  }

  async giveUp({ id, beat }: ReplicaState): Promise<boolean> {
    this.#reach();
    if (this.#replicas.get(id) !== beat) {
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
      replicas: [...this.#replicas].map(([id, beat]) => ({ id, beat })),
      leases: [...this.#leases.values()].map(state => ({ ...state })),
    };
  }

  async take(
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

  async giveBack(fence: Fence): Promise<void> {
    this.#reach();
    const state = this.#leases.get(fence.clusterId);
    if (state?.holder === fence.holder && state.token === fence.token) {
      delete state.holder;
    }
  }

  async noteChange(clusterId: string): Promise<void> {
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

  async noteNextTry({ clusterId }: Fence, at: Date | undefined): Promise<void> {
    this.#reach();
    this.nextTries.set(clusterId, at);
  }

  #reach(): void {
    if (this.failure) {
      throw this.failure;
    }
  }
}
