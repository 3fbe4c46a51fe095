/**
 * How something ended. `Started` is what is known before: it stays where the backend was killed, or could
 * not write, between the beginning and the end.
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
  /** ISO 8601 time at which it began. */
  at: string;
  /** Entity ref of a person, or `system:<part>` such as `system:reconciler`. */
  actor: string;
  /** What it is about and what was done, such as `cluster-share` or `token-mint`. */
  event: string;
  outcome: ActivityOutcome;
  /** What went wrong, for people; only when `Failed`. */
  error?: string;
  clusterId?: string;
  /** Name of the cluster at that time; one that failed may name a cluster that never was. */
  cluster?: string;
  namespace?: string;
  /** Entity refs of the groups whose access it touched. */
  groups: string[];
  /** The `jti` of the token, as in the audit logs of API servers. */
  jti?: string;
  /** What else is known, small, as JSON. */
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
  /** For what came before these; absent where there is nothing more. */
  nextCursor?: string;
  /** For what came after these; absent on the first page. */
  prevCursor?: string;
}

/** @public */
export type ActivityExportFormat = 'csv' | 'jsonl';
