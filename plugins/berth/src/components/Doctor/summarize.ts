import {
  CheckRun,
  CheckStatus,
  ClusterCheck,
} from '@berth/plugin-berth-common';

/** How many checks of a run came out how. */
export type CheckCounts = Record<CheckStatus, number>;

/** Counts a run's outcomes. */
export function countChecks(checks: ClusterCheck[]): CheckCounts {
  const counts: CheckCounts = { Passed: 0, Warning: 0, Failed: 0, Skipped: 0 };
  for (const { status } of checks) {
    counts[status] += 1;
  }
  return counts;
}

/** Whether a run is from before the cluster came into its present state. */
export function isOutdated(
  run: Pick<CheckRun, 'finishedAt'>,
  stateSince: string | undefined,
): boolean {
  return (
    stateSince !== undefined &&
    Date.parse(run.finishedAt) < Date.parse(stateSince)
  );
}

/** What a whole run comes to: as bad as its worst check; a skipped one counts as a missing answer. */
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
