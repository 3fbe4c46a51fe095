/** The reconciler's result for a record. */
export interface Outcome {
  state: 'Pending' | 'Ready' | 'Failed';
  /** One word. */
  cause?: string;
  /** For people. */
  message?: string;
}
