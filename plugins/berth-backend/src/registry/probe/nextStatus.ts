import { ClusterStatus } from '@berth/plugin-berth-common';
import { ProbeResult } from '../../model/clusters';

/**
 * Computes the status of a cluster after a probe. `since` changes only with the state or cause. A failed probe keeps
 * the figures of the last successful one.
 *
 * @param now - ISO 8601 time of the probe
 */
export function nextStatus(
  previous: ClusterStatus,
  result: ProbeResult,
  now: string,
): ClusterStatus {
  const cause = result.state === 'Connected' ? undefined : result.cause;
  const same = previous.state === result.state && previous.cause === cause;
  const times = {
    checkedAt: now,
    since: (same && previous.since) || now,
  };
  if (result.state === 'Connected') {
    return { ...result, ...times, lastSeenAt: now };
  }
  return {
    state: result.state,
    cause: result.cause,
    message: `${result.problem}. ${result.hint}.`,
    ...(result.foundUid !== undefined && { foundUid: result.foundUid }),
    ...times,
    ...figuresOf(previous),
  };
}

/** Returns the figures of the last successful probe, and its time. */
function figuresOf({
  lastSeenAt,
  version,
  nodes,
  cpu,
  memory,
  pods,
  gpus,
  advertisedGpus,
  allocatable,
}: ClusterStatus): Partial<ClusterStatus> {
  return {
    lastSeenAt,
    version,
    nodes,
    cpu,
    memory,
    pods,
    gpus,
    advertisedGpus,
    allocatable,
  };
}
