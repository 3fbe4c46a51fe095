import { ObjectKind } from '../types';

/** Counts the writes to one cluster. */
export interface Writes {
  wrote(verb: 'create' | 'apply' | 'delete', kind: ObjectKind): void;
}

/** Measures the reconciler. */
export interface ReconcilerMetrics {
  /** Returns the counter of the writes to one cluster. */
  writesTo(cluster: { id: string; name: string }): Writes;
  /** Records the plan of a pass: the number of its steps, and how many of them correct changes that others made. */
  planned(
    cluster: { id: string; name: string },
    steps: { total: number; repairs: number },
  ): void;
  /** Records the end of a pass. */
  passed(
    cluster: { id: string; name: string },
    pass: { seconds: number; settled: boolean; reached: boolean },
  ): void;
  /** Records that deletions are held, or no longer held. */
  held(cluster: { id: string; name: string }, deletions: number): void;
  /** Forgets a cluster that another replica has now, or that is gone. */
  forget(clusterId: string): void;
}
