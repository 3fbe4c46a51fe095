import { ActivityEntry } from '@berth/plugin-berth-common';
import { Person } from '../access/types';

/**
 * What a person is shown of an entry that they may see. Of what others did, members learn who did what to
 * their own groups: not which other groups it touched, nor the errors and details, which may name these.
 */
export function presentEntry(
  entry: ActivityEntry,
  { admin, userRef, groups }: Person,
): ActivityEntry {
  if (admin || entry.actor === userRef) {
    return entry;
  }
  const { error, jti, meta, ...shown } = entry;
  return {
    ...shown,
    groups: entry.groups.filter(group => groups.includes(group)),
  };
}
