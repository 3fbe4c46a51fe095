import { FencingToken } from '../types';
import { Lease, LeaseLostError, LeaseState } from './types';

/** A lease that this replica holds, or held. */
export class ClusterLease implements Lease {
  readonly clusterId: string;
  readonly holder: string;
  readonly token: number;
  readonly #validUntil: () => number;
  readonly #now: () => number;
  readonly #since: number;
  readonly #abort = new AbortController();

  /**
   * @param validUntil - the time until which other replicas leave us our leases, on the clock of `now`
   * @param now - a monotonic clock, in milliseconds
   */
  constructor(
    { clusterId, holder, token }: FencingToken,
    validUntil: () => number,
    now: () => number,
  ) {
    this.clusterId = clusterId;
    this.holder = holder;
    this.token = token;
    this.#validUntil = validUntil;
    this.#now = now;
    this.#since = now();
  }

  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  age(): number {
    return this.#now() - this.#since;
  }

  assertHeld(): void {
    this.signal.throwIfAborted();
    if (this.#now() >= this.#validUntil()) {
      this.end();
      this.signal.throwIfAborted();
    }
  }

  /** Returns whether the database still has this replica as the holder. */
  matches({ holder, token }: LeaseState): boolean {
    return holder === this.holder && token === this.token;
  }

  /** Ends all work under the lease. */
  end(): void {
    this.#abort.abort(new LeaseLostError(this));
  }
}
