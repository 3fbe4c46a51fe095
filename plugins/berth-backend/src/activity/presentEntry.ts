import { JsonObject } from '@backstage/types';
import { ActivityEntry } from '@berth/plugin-berth-common';
import { readsEverything } from '../access/readsEverything';
import { Person } from '../model/people';
import { groupRefsIn } from '../audit/groupRefsIn';

/**
 * Returns the part of an entry that a person who may see the entry is shown. Of the actions of others, members
 * see the actor, the action and their own groups: not the other groups that it touched, nor the errors and
 * details, which may name these. Of their own actions they see the groups that they are in or that they named. Of
 * their own failed attempts they see only what they sent: neither whether the cluster exists, nor which groups
 * have a role in the namespace.
 */
export function presentEntry(
  entry: ActivityEntry,
  person: Person,
): ActivityEntry {
  if (readsEverything(person)) {
    return entry;
  }
  const { clusterId, error, jti, meta, groups, ...shown } = entry;
  const named = groupRefsIn(meta as JsonObject | undefined);
  const isOwn = entry.actor === person.userRef;
  const visible = groups.filter(
    group =>
      person.groups.includes(group) ||
      (isOwn && entry.outcome === 'Succeeded' && named.includes(group)),
  );
  if (!isOwn) {
    return {
      ...shown,
      ...(clusterId !== undefined && { clusterId }),
      groups: visible,
    };
  }
  const { groups: _, ...said } = entry;
  if (entry.outcome !== 'Succeeded') {
    delete said.clusterId;
  }
  return { ...said, groups: visible };
}
