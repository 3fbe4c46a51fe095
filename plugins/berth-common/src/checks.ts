/**
 * How a check came out. `Warning` works, but should be looked at; `Skipped` could not be tried, or does
 * not apply, and its message says why.
 *
 * @public
 */
export type CheckStatus = 'Passed' | 'Failed' | 'Skipped' | 'Warning';

/**
 * One line of a cluster's checks.
 *
 * @public
 */
export interface ClusterCheck {
  /** Stays the same from run to run, such as `tls`. */
  id: string;
  /** What is checked, for people, such as `Certificate`. */
  title: string;
  status: CheckStatus;
  /** What was found, for people. */
  message: string;
  /** One word for what is wrong, such as `ClockSkew`; only when `Failed` or `Warning`. */
  cause?: string;
  /** What to do about it. */
  hint?: string;
  /** How long it took; absent where it was `Skipped`. */
  durationMs?: number;
}

/**
 * Why the checks ran:
 *
 * - `Request`: a user asked for them
 * - `Change`: the cluster's settings changed
 * - `State`: the cluster's state changed
 * - `Schedule`: the last run was a day ago
 *
 * @public
 */
export type CheckTrigger = 'Request' | 'Change' | 'State' | 'Schedule';

/**
 * All checks of a cluster, run once.
 *
 * @public
 */
export interface CheckRun {
  /** ULID; runs are ordered by it. */
  id: string;
  trigger: CheckTrigger;
  /** ISO 8601. */
  startedAt: string;
  /** ISO 8601. */
  finishedAt: string;
  /** In the order in which they were run. */
  items: ClusterCheck[];
  totalItems: number;
}
