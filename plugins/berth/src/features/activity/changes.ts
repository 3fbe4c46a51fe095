import { ActivityEntry } from '@berth/plugin-berth-common';

/** What an entry changed for a group, as far as the reader may see its details. */
export interface GroupChange {
  /** Entity ref. */
  group: string;
  /** The role that the group holds now; undefined where it holds none, or where the change is no role. */
  now?: string;
  /** The role that the group held before. */
  before?: string;
  /** ISO 8601, of the role now. */
  until?: string;
}

const CHANGE = /^(group:\S+)(?: (\S+))?(?: until (\S+))?$/;

/** Reads which groups gained or lost something, from the details of an entry. */
export function groupChanges({ meta }: ActivityEntry): {
  gained: GroupChange[];
  lost: GroupChange[];
  changed: GroupChange[];
} {
  const added = changesIn(meta?.added);
  const removed = changesIn(meta?.removed);
  const isIn = (changes: GroupChange[], { group }: GroupChange) =>
    changes.some(change => change.group === group);
  return {
    gained: added.filter(change => !isIn(removed, change)),
    lost: removed
      .filter(change => !isIn(added, change))
      .map(({ group, now }) => ({ group, before: now })),
    changed: added
      .filter(change => isIn(removed, change))
      .map(change => ({
        ...change,
        before: removed.find(({ group }) => group === change.group)?.now,
      })),
  };
}

/** What became of the request that an entry is about; undefined where it is about none. */
export function requestOf({
  meta,
}: ActivityEntry): { id: string; state?: string } | undefined {
  const { request, state } = meta ?? {};
  return typeof request === 'string'
    ? { id: request, ...(typeof state === 'string' && { state }) }
    : undefined;
}

function changesIn(texts: unknown): GroupChange[] {
  return (Array.isArray(texts) ? texts : []).flatMap(text => {
    const [, group, now, until] = CHANGE.exec(String(text)) ?? [];
    return group === undefined
      ? []
      : [{ group, ...(now && { now }), ...(until && { until }) }];
  });
}
