import { CustomErrorBase } from '@backstage/errors';
import { FencingToken } from '../types';

/** Another replica works on the cluster now, and continues the work. */
export class LeaseLostError extends CustomErrorBase {
  name = 'LeaseLostError' as const;

  constructor({ clusterId }: Pick<FencingToken, 'clusterId'>) {
    super(
      `The lease of the cluster with the id ${clusterId} is lost; another replica goes on`,
    );
  }
}

/** The exclusive right of this replica to work on a cluster. */
export interface Lease extends FencingToken {
  /** Aborted, with a `LeaseLostError`, once the lease is lost or given back. */
  readonly signal: AbortSignal;
  /** Milliseconds since this replica took the cluster. */
  age(): number;
  /**
   * Call before each write to the cluster.
   *
   * @throws LeaseLostError if the lease is lost, or has run out
   */
  assertHeld(): void;
}

/** The lease of a cluster in the database. */
export interface LeaseState {
  clusterId: string;
  /** The replica that holds the lease; absent if the cluster is free. */
  holder?: string;
  token: number;
  /** Increases with each change of the cluster's desired state. */
  revision: number;
}

/** A live replica of the backend. */
export interface ReplicaState {
  id: string;
  /** Increases each time that the replica reports that it is alive. */
  heartbeat: number;
}

/** The leases in the database. */
export interface LeaseStore {
  /** Registers a replica; it has no leases yet. */
  join(id: string): Promise<void>;
  /** Reports that a replica is alive. Resolves with false if the others have given it up. */
  heartbeat(id: string): Promise<boolean>;
  /** Gives a replica up and frees its leases, unless its heartbeat has changed since. */
  expire(replica: ReplicaState): Promise<boolean>;
  /** Frees all leases of a replica that stops. */
  leave(id: string): Promise<void>;
  read(): Promise<{ replicas: ReplicaState[]; leases: LeaseState[] }>;
  /** Takes a free lease. Resolves with undefined if another replica took it first, or the cluster is gone. */
  acquire(clusterId: string, holder: string): Promise<LeaseState | undefined>;
  release(fencingToken: FencingToken): Promise<void>;
  /** Records that the desired state of a cluster changed. */
  recordChange(clusterId: string): Promise<void>;
  /** Resolves with undefined if the cluster is gone. */
  get(clusterId: string): Promise<LeaseState | undefined>;
  /** Records when the next pass over a cluster that failed begins. */
  recordNextTry(
    fencingToken: FencingToken,
    at: Date | undefined,
  ): Promise<void>;
}
