import { JsonObject } from '@backstage/types';
import { ActivityEntry, ActivityOutcome } from '@berth/plugin-berth-common';

/** An action. Its texts are redacted and shortened before they are stored. */
export interface Activity {
  /** Entity ref of a person, or `system:<part>` such as `system:reconciler`. */
  actor: string;
  /** What it is about and what is done, such as `namespace-create`. */
  event: string;
  clusterId?: string;
  /** Name of the cluster. */
  cluster?: string;
  namespace?: string;
  /** Entity refs of the groups whose access it touches; their members see the entry. */
  groups?: string[];
  jti?: string;
  meta?: JsonObject;
}

/** How it ended, and what was not known of it before. */
export interface ActivityEnd
  extends Partial<Omit<Activity, 'actor' | 'event'>> {
  outcome: Exclude<ActivityOutcome, 'Started'>;
  /** Only where it failed. */
  error?: string;
}

/** An activity that has begun. */
export interface StartedActivity {
  end(end: ActivityEnd): Promise<void>;
}

/** Where it is kept who did what. */
export interface ActivityLog {
  /** Writes what is over, in one go. */
  record(activity: Activity & ActivityEnd): Promise<void>;
  /**
   * Writes that something is about to be done. When this rejects, it must not be done: nothing happens that
   * left no trace.
   */
  begin(activity: Activity): Promise<StartedActivity>;
}

/** A group of the catalog, as it is now. */
export interface ReaderGroup {
  group: string;
  uid?: string;
}

/** Which entries are meant; all parts must hold. */
export interface ActivityCondition {
  clusterId?: string;
  clusters?: string[];
  namespace?: string;
  actor?: string;
  groups?: string[];
  events?: string[];
  outcome?: ActivityOutcome;
  jti?: string;
  /** Inclusive. */
  since?: Date;
  /** Exclusive. */
  until?: Date;
  /** Only what this person did, or what touched one of these groups; everything if undefined. */
  reader?: { actor: string; groups: ReaderGroup[] };
}

/** Older or newer than an entry. */
export interface ActivityPosition {
  direction: 'older' | 'newer';
  /** Of the entry. */
  id: string;
}

/** Reads and forgets what is in the log. */
export interface ActivityReader {
  /**
   * The next entries from a position on, the latest first; the latest of all without a position.
   *
   * @param limit - how many at most
   */
  list(
    condition: ActivityCondition,
    limit: number,
    position?: ActivityPosition,
  ): Promise<ActivityEntry[]>;
  /**
   * Deletes what began before a time.
   *
   * @returns how many entries
   */
  deleteBefore(before: Date, signal?: AbortSignal): Promise<number>;
}
