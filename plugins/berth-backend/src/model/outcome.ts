/** The reconciler's result for a record. */
export interface Outcome {
  state: 'Pending' | 'Ready' | 'Failed';
  /** A single word. */
  cause?: string;
  /** For people. */
  message?: string;
}
