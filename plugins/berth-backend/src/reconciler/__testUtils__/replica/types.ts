/** The task of a replica in a separate process. */
export interface ReplicaSettings {
  database: { client: string; connection: object | string };
  /** The token of the clusters' admin. */
  token: string;
  resyncMs?: number;
  /** Kills itself with SIGKILL at this write to a cluster or the database, counted from 1. */
  killAt?: { write: number; when: 'before' | 'after' };
}

/** The messages of a replica. */
export type ReplicaMessage =
  | { log: string }
  | { lost: string }
  | { wrote: string; id: string }
  | { passed: string; settled: boolean; writes: number };
