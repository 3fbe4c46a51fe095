import { ActivityEntry } from '@berth/plugin-berth-common';

/** A row of the activity: an entry, or several tokens of one person for one cluster. */
export interface ActivityRow {
  /** Id of the oldest entry, so that the row stays the same while tokens are added. */
  id: string;
  /** The latest entry. */
  entry: ActivityEntry;
  /** All entries of the row, the latest first. */
  entries: ActivityEntry[];
}

export const TOKEN_EVENT = 'token-mint';

/** Returns one row for each entry. */
export function unfolded(entries: ActivityEntry[]): ActivityRow[] {
  return entries.map(entry => ({ id: entry.id, entry, entries: [entry] }));
}

/**
 * Puts the tokens of one person for one cluster into one row if the log has only tokens between them.
 *
 * @param entries - the latest first
 */
export function foldTokens(entries: ActivityEntry[]): ActivityRow[] {
  const rows: ActivityRow[] = [];
  let run = new Map<string, ActivityRow>();
  for (const entry of entries) {
    const { id, event, actor, cluster, clusterId, outcome } = entry;
    if (event !== TOKEN_EVENT) {
      run = new Map();
    }
    const key = JSON.stringify([event, actor, cluster, clusterId, outcome]);
    const former = event === TOKEN_EVENT ? run.get(key) : undefined;
    if (former) {
      former.id = id;
      former.entries.push(entry);
    } else {
      const row = { id, entry, entries: [entry] };
      rows.push(row);
      run.set(key, row);
    }
  }
  return rows;
}
