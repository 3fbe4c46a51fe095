import { ObjectKind } from '../types';

/** Told of each write to one cluster. */
export interface Writes {
  wrote(verb: 'create' | 'apply' | 'delete', kind: ObjectKind): void;
}

/** Told of what the reconciler does. */
export interface ReconcilerMetrics {
  /** For one cluster. */
  writesTo(cluster: { id: string; name: string }): Writes;
  /** A pass has a plan: so many steps are to be done, of which so many put right what others changed. */
  planned(
    cluster: { id: string; name: string },
    steps: { total: number; repairs: number },
  ): void;
  /** A pass is over. */
  passed(
    cluster: { id: string; name: string },
    pass: { seconds: number; settled: boolean; reached: boolean },
  ): void;
  /** Deletions are held back, or no longer. */
  held(cluster: { id: string; name: string }, deletions: number): void;
  /** The cluster is another replica's now, or gone. */
  forget(clusterId: string): void;
}
