import { HelmRelease, HelmStatus } from '@berth/plugin-berth-common';
import { Tone } from '../../kit';

/** How a release is, in the eyes of a person who looks for problems. */
export interface ReleaseState {
  /** The key of the words for the state. */
  word: HelmStatus | 'byObjects' | 'unreadable' | 'stuck';
  tone: Tone;
  /** Set if a person should look at the release. */
  problem?: 'danger' | 'warning';
}

/** Milliseconds after which an operation is no longer running: Helm waits for 5 minutes by default. */
const STUCK_AFTER = 15 * 60_000;

const IN_PROGRESS: ReadonlySet<HelmStatus> = new Set<HelmStatus>([
  'pending-install',
  'pending-upgrade',
  'pending-rollback',
  'uninstalling',
]);

/**
 * Judges a release.
 *
 * @param now - in milliseconds since the epoch
 */
export function stateOf(
  release: Pick<HelmRelease, 'source' | 'status' | 'updatedAt' | 'problem'>,
  now: number,
): ReleaseState {
  const { source, status, updatedAt, problem } = release;
  if (source === 'objects') {
    return { word: 'byObjects', tone: 'pending' };
  }
  if (problem !== undefined) {
    return { word: 'unreadable', tone: 'danger', problem: 'warning' };
  }
  if (status === 'failed') {
    return { word: status, tone: 'danger', problem: 'danger' };
  }
  if (IN_PROGRESS.has(status)) {
    const isStuck =
      updatedAt !== undefined && now - Date.parse(updatedAt) > STUCK_AFTER;
    return isStuck
      ? { word: 'stuck', tone: 'danger', problem: 'warning' }
      : { word: status, tone: 'pending' };
  }
  return { word: status, tone: status === 'deployed' ? 'success' : 'pending' };
}
