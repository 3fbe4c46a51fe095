import { CustomErrorBase } from '@backstage/errors';
import { Fence } from '../types';

/** Another replica works on the cluster now. What was begun is left to it. */
export class LeaseLostError extends CustomErrorBase {
  name = 'LeaseLostError' as const;

  constructor({ clusterId }: Pick<Fence, 'clusterId'>) {
    super(
      `The lease of the cluster with the id ${clusterId} is lost; another replica goes on`,
    );
  }
}

/** That this replica, and no other, works on a cluster. */
export interface Lease extends Fence {
  /** Aborted, with a `LeaseLostError`, once the lease is lost or given back. */
  readonly signal: AbortSignal;
  /** Milliseconds that we have had it. */
  age(): number;
  /**
   * Before each write to the cluster.
   *
   * @throws LeaseLostError if the lease is lost, also where nobody has told us yet: it has run out
   */
  assertHeld(): void;
}

/** How a cluster's lease stands in the database. */
export interface LeaseState {
  clusterId: string;
  /** Absent where the cluster is free. */
  holder?: string;
  token: number;
  /** Higher after each change of what the cluster should be. */
  revision: number;
}

/** A replica of the backend that says that it lives. */
export interface ReplicaState {
  id: string;
  /** Higher each time that it says so. */
  beat: number;
}

/** The leases as the database has them. */
export interface LeaseStore {
  /** Makes a replica known; it has no leases yet. */
  join(id: string): Promise<void>;
  /** Says that a replica lives. Resolves with false where others have given it up. */
  beat(id: string): Promise<boolean>;
  /** Gives a replica up and frees its leases, unless it has said since that it lives. */
  giveUp(replica: ReplicaState): Promise<boolean>;
  /** Frees all leases of a replica that ends. */
  leave(id: string): Promise<void>;
  read(): Promise<{ replicas: ReplicaState[]; leases: LeaseState[] }>;
  /** Takes a free lease. Resolves with undefined where somebody was faster, or the cluster is gone. */
  take(clusterId: string, holder: string): Promise<LeaseState | undefined>;
  giveBack(fence: Fence): Promise<void>;
  /** Says that the cluster should be something else now. */
  noteChange(clusterId: string): Promise<LeaseState | undefined>;
  /** When the next pass over a cluster begins that is not as it should be. */
  noteNextTry(fence: Fence, at: Date | undefined): Promise<void>;
}
