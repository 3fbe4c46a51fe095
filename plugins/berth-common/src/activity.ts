/**
 * The outcome of an action. An entry is `Started` until the action ends, and stays `Started` if the backend was killed
 * before, or could not write the end.
 *
 * @public
 */
export type ActivityOutcome = 'Started' | 'Succeeded' | 'Failed';

/**
 * An action or an attempt: a write through the portal, a token, a change by the reconciler.
 *
 * @public
 */
export interface ActivityEntry {
  /** ULID; entries are ordered by it. */
  id: string;
  /** ISO 8601 start time. */
  at: string;
  /** Entity ref of a person, or `system:<part>` such as `system:reconciler`. */
  actor: string;
  /** Subject and action, such as `cluster-share` or `token-mint`. */
  event: string;
  outcome: ActivityOutcome;
  /** What went wrong, for people; only when `Failed`. */
  error?: string;
  clusterId?: string;
  /** Name of the cluster at that time; a failed attempt may name a cluster that never existed. */
  cluster?: string;
  namespace?: string;
  /** Entity refs of the groups whose access it touched. */
  groups: string[];
  /** The `jti` of the token, as in the audit logs of API servers. */
  jti?: string;
  /** More details, as small JSON. */
  meta?: Record<string, unknown>;
}

/**
 * Which entries to list; all parts must hold.
 *
 * @public
 */
export interface ActivityFilter {
  /** Names of clusters. */
  cluster?: string | string[];
  namespace?: string;
  /** Such as `user:default/alice`. */
  actor?: string;
  /** Entity refs of groups. */
  group?: string | string[];
  /** Such as `cluster-share`. */
  event?: string | string[];
  outcome?: ActivityOutcome;
  jti?: string;
  /** ISO 8601, inclusive. */
  since?: string;
  /** ISO 8601, exclusive. */
  until?: string;
}

/** @public */
export interface ActivityQuery extends ActivityFilter {
  /** 50 by default, 500 at most. */
  limit?: number;
  /** `nextCursor` or `prevCursor` of a page of the same filter. */
  cursor?: string;
}

/**
 * Entries, the latest first.
 *
 * @public
 */
export interface ActivityPage {
  items: ActivityEntry[];
  /** For older entries; absent on the last page. */
  nextCursor?: string;
  /** For newer entries; absent on the first page. */
  prevCursor?: string;
}

/** @public */
export type ActivityExportFormat = 'csv' | 'jsonl';
