import { ActivityEntry } from '@berth/plugin-berth-common';
import { Person } from '../model/people';
import { presentEntry } from './presentEntry';

const entry: ActivityEntry = {
  id: '1',
  at: '2026-01-01T00:00:00.000Z',
  actor: 'user:default/alice',
  event: 'namespace-delete',
  outcome: 'Failed',
  error: 'There is no such namespace',
  clusterId: 'C1',
  cluster: 'prod01',
  namespace: 'web',
  groups: ['group:default/a', 'group:default/b'],
  meta: { uid: 'u' },
};

function person(name: string, groups: string[] = [], admin = false): Person {
  return {
    userRef: `user:default/${name}`,
    username: `user:${name}`,
    groups: groups.map(group => `group:default/${group}`),
    memberships: [],
    admin,
    auditor: false,
  };
}

describe('presentEntry', () => {
  it('shows admins everything', () => {
    expect(presentEntry(entry, person('ada', [], true))).toEqual(entry);
  });

  it('shows people their own actions, with the groups that they are in or named', () => {
    const done: ActivityEntry = {
      ...entry,
      outcome: 'Succeeded',
      groups: ['group:default/a', 'group:default/b', 'group:default/c'],
      meta: { group: 'group:default/b' },
    };
    expect(presentEntry(done, person('alice', ['a']))).toEqual({
      ...done,
      groups: ['group:default/a', 'group:default/b'],
    });
  });

  it.each(['Failed', 'Started'] as const)(
    'does not reveal the owner of the namespace, or that the cluster exists, to a person whose attempt failed (%s)',
    outcome => {
      const { clusterId, groups, ...said } = { ...entry, outcome };
      expect(
        presentEntry({ ...entry, outcome }, person('alice', ['b'])),
      ).toEqual({ ...said, groups: ['group:default/b'] });
    },
  );

  it('shows members the actions of others on their groups, without details', () => {
    const shown = presentEntry(entry, person('bob', ['a']));
    expect(shown).toMatchObject({
      actor: entry.actor,
      groups: ['group:default/a'],
    });
    expect(shown).not.toHaveProperty('error');
    expect(shown).not.toHaveProperty('meta');
  });
});
