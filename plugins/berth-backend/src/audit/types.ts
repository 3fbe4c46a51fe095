import { JsonObject } from '@backstage/types';
import { ActivityEntry, ActivityOutcome } from '@berth/plugin-berth-common';
import { PageRequest, PositionedPage } from '../model/paging';

/** An action. Its texts are redacted and shortened before they are stored. */
export interface Activity {
  /** Entity ref of a person, or `system:<part>` such as `system:reconciler`. */
  actor: string;
  /** The `metadata.uid` of a person. A user who is created again in the catalog does not see the entry as their own. */
  actorUid?: string;
  /** The subject and the action, such as `namespace-create`. */
  event: string;
  clusterId?: string;
  /** Name of the cluster. */
  cluster?: string;
  namespace?: string;
  /** Entity refs of the groups whose access the activity touches. Their members see the entry. */
  groups?: string[];
  /** The person whose personal namespace the activity is in. The person sees the entry. */
  owner?: NamespaceOwner;
  jti?: string;
  meta?: JsonObject;
}

/** The owner of a personal namespace. */
export interface NamespaceOwner {
  /** Entity ref. */
  user: string;
  /** The `metadata.uid` of the person. A user who is created again in the catalog does not see the entry. */
  uid: string;
}

/** The result of an activity, and details that were not known at its start. */
export interface ActivityEnd
  extends Partial<Omit<Activity, 'actor' | 'actorUid' | 'event'>> {
  outcome: Exclude<ActivityOutcome, 'Started'>;
  /** Only for failures. */
  error?: string;
}

/** A started activity. */
export interface StartedActivity {
  end(end: ActivityEnd): Promise<void>;
}

/** Records the actions of people. */
export interface ActivityLog {
  /** Writes a completed activity in one step. */
  record(activity: Activity & ActivityEnd): Promise<void>;
  /**
   * Writes the start of an activity. If this rejects, the caller must not run the action, so that nothing happens
   * without a record.
   */
  begin(activity: Activity): Promise<StartedActivity>;
}

/** A group as the catalog has it now. */
export interface ReaderGroup {
  group: string;
  uid?: string;
}

/** Selects entries. All fields must match. */
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
  /**
   * Only actions of this person, in the personal namespace of this person, or actions that touched one of these groups.
   * Everything if undefined.
   */
  reader?: { actor: string; actorUid?: string; groups: ReaderGroup[] };
}

/** Reads and deletes entries of the log. */
export interface ActivityReader {
  /** Lists entries, the latest first. */
  list(
    condition: ActivityCondition,
    page: PageRequest,
  ): Promise<PositionedPage<ActivityEntry>>;
  /**
   * Deletes entries that began before a time.
   *
   * @returns the number of entries
   */
  deleteBefore(before: Date, signal?: AbortSignal): Promise<number>;
}
