import { ActivityEntry } from '@berth/plugin-berth-common';
import { readsEverything } from '../access/reach';
import { Person } from '../access/types';

/**
 * What a person is shown of an entry that they may see. Of what others did, members learn who did what to
 * their own groups: not which other groups it touched, nor the errors and details, which may name these.
 * And of what they tried in vain they learn no more than they said themselves: neither that there is such a
 * cluster, nor for whom the namespace is there.
 */
export function presentEntry(
  entry: ActivityEntry,
  person: Person,
): ActivityEntry {
  const { userRef, groups } = person;
  const own = entry.actor === userRef;
  if (readsEverything(person) || (own && entry.outcome === 'Succeeded')) {
    return entry;
  }
  const theirs = entry.groups.filter(group => groups.includes(group));
  if (own) {
    const { clusterId, ...said } = entry;
    return { ...said, groups: theirs };
  }
  const { error, jti, meta, ...shown } = entry;
  return { ...shown, groups: theirs };
}
