import { ObjectKind } from '../types';

/** Counts the writes to one cluster. */
export interface Writes {
  wrote(verb: 'create' | 'apply' | 'delete', kind: ObjectKind): void;
}

/** Measures the reconciler. */
export interface ReconcilerMetrics {
  /** For one cluster. */
  writesTo(cluster: { id: string; name: string }): Writes;
  /** A pass has a plan: the number of its steps, and how many of them correct changes that others made. */
  planned(
    cluster: { id: string; name: string },
    steps: { total: number; repairs: number },
  ): void;
  /** A pass is over. */
  passed(
    cluster: { id: string; name: string },
    pass: { seconds: number; settled: boolean; reached: boolean },
  ): void;
  /** Deletions are held, or no longer held. */
  held(cluster: { id: string; name: string }, deletions: number): void;
  /** Another replica has the cluster now, or it is gone. */
  forget(clusterId: string): void;
}
