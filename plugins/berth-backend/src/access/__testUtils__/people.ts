import { Person } from '../../model/people';

/** Returns a person who is a direct member of groups of the default namespace. */
export function personIn(groups: string[], admin = false): Person {
  const refs = groups.map(group => `group:default/${group}`);
  return {
    userRef: 'user:default/alice',
    username: 'user:alice',
    groups: refs,
    memberships: refs.map(group => ({ group, path: [group] })),
    admin,
    auditor: false,
  };
}
