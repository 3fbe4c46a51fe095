import { ActivityEntry } from '@berth/plugin-berth-common';

/** The change of an entry for a group, as far as the reader may see the details. */
export interface GroupChange {
  /** Entity ref. */
  group: string;
  /** The group's role after the change; undefined if the group has none, or if the change is not about a role. */
  now?: string;
  /** The group's role before the change. */
  before?: string;
  /** ISO 8601 end of the current role. */
  until?: string;
}

const CHANGE = /^(group:\S+)(?: (\S+))?(?: until (\S+))?$/;

/** Reads the groups that gained or lost something from the details of an entry. */
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

/** Returns the owners that an entry is about, as entity refs, as far as the reader may see the details. */
export function ownersOf({
  event,
  meta,
}: ActivityEntry): { from?: string; to: string } | undefined {
  const textOf = (value: unknown) =>
    typeof value === 'string' ? value : undefined;
  switch (event) {
    case 'namespace-transfer': {
      const to = textOf(meta?.to);
      return to === undefined ? undefined : { from: textOf(meta?.from), to };
    }
    case 'personal-namespace-create': {
      const to = textOf(meta?.owner);
      return to === undefined ? undefined : { to };
    }
    default:
      return undefined;
  }
}

/** Returns the request that an entry is about, with its state; undefined if the entry is about none. */
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
