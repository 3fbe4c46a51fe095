/**
 * The result of a check. With `Warning` the cluster works, but an admin should look at it. `Skipped` means that the
 * check could not run or does not apply; its message gives the reason.
 *
 * @public
 */
export type CheckStatus = 'Passed' | 'Failed' | 'Skipped' | 'Warning';

/**
 * The result of one check of a cluster.
 *
 * @public
 */
export interface ClusterCheck {
  /** Stays the same from run to run, such as `tls`. */
  id: string;
  /** The subject of the check, for people, such as `Certificate`. */
  title: string;
  status: CheckStatus;
  /** The finding, for people. */
  message: string;
  /** The problem in one word, such as `ClockSkew`; only with `Failed` and `Warning`. */
  cause?: string;
  /** How to fix it. */
  hint?: string;
  /** The duration; absent with `Skipped`. */
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
 * One run of all checks of a cluster.
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
  /** In the order of the run. */
  items: ClusterCheck[];
  totalItems: number;
}
