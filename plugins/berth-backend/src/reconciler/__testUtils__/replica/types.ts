/** What a replica in a process of its own is to do. */
export interface ReplicaSettings {
  database: { client: string; connection: object | string };
  /** Of the clusters' admin. */
  token: string;
  resyncMs?: number;
  /** Dies with SIGKILL at its so-manieth write to a cluster or the database, from 1. */
  killAt?: { write: number; when: 'before' | 'after' };
}

/** What a replica tells. */
export type ReplicaMessage =
  | { log: string }
  | { lost: string }
  | { wrote: string; id: string }
  | { passed: string; settled: boolean; writes: number };
