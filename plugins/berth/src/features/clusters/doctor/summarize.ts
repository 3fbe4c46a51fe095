import {
  CheckRun,
  CheckStatus,
  ClusterCheck,
} from '@berth/plugin-berth-common';

/** The number of checks by result. */
export type CheckCounts = Record<CheckStatus, number>;

/** Counts the results of a run. */
export function countChecks(checks: ClusterCheck[]): CheckCounts {
  const counts: CheckCounts = { Passed: 0, Warning: 0, Failed: 0, Skipped: 0 };
  for (const { status } of checks) {
    counts[status] += 1;
  }
  return counts;
}

/** Returns whether a run is older than the current state of the cluster. */
export function isOutdated(
  run: Pick<CheckRun, 'finishedAt'>,
  stateSince: string | undefined,
): boolean {
  return (
    stateSince !== undefined &&
    Date.parse(run.finishedAt) < Date.parse(stateSince)
  );
}

/** Returns the result of a whole run: that of its worst check. Skipped checks count only if no check passed. */
export function verdictOf(checks: ClusterCheck[]): CheckStatus {
  const counts = countChecks(checks);
  if (counts.Failed > 0) {
    return 'Failed';
  }
  if (counts.Warning > 0) {
    return 'Warning';
  }
  return counts.Passed > 0 ? 'Passed' : 'Skipped';
}
