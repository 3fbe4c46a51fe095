import { ClusterStatus } from '@berth/plugin-berth-common';
import { ProbeResult } from '../types';

/**
 * A cluster's status after a probe. `since` moves only with the state or cause, and what the last
 * success told survives failures.
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

/** What the last success told, and when that was. */
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
