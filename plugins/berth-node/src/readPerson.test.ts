import { mockCredentials } from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { readPerson } from './readPerson';

function user(name: string, groups: string[]): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'User',
    metadata: { name },
    relations: groups.map(targetRef => ({ type: 'memberOf', targetRef })),
  };
}

function group(name: string, parents: string[] = []): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Group',
    metadata: { name, uid: `uid-of-${name}` },
    relations: parents.map(parent => ({
      type: 'childOf',
      targetRef: `group:default/${parent}`,
    })),
  };
}

async function read(entities: Entity[]) {
  const { memberships } = await readPerson(
    catalogServiceMock({ entities }),
    'user:default/alice',
    mockCredentials.user('user:default/alice'),
  );
  return memberships;
}

describe('readPerson', () => {
  it('returns the shortest path by which the person is a member of each group', async () => {
    const memberships = await read([
      user('alice', ['group:default/cards', 'group:default/payments']),
      group('cards', ['payments', 'guild']),
      group('payments', ['engineering']),
      group('engineering'),
      group('guild'),
    ]);
    expect(
      memberships.map(({ path, uid }) => [
        uid,
        path.map(ref => ref.split('/')[1]).join(' < '),
      ]),
    ).toEqual([
      ['uid-of-cards', 'cards'],
      ['uid-of-engineering', 'payments < engineering'],
      ['uid-of-guild', 'cards < guild'],
      ['uid-of-payments', 'payments'],
    ]);
  });

  it('returns the display name of a group that has one', async () => {
    const memberships = await read([
      user('alice', ['group:default/a', 'group:default/b', 'group:default/c']),
      { ...group('a'), metadata: { name: 'a', title: 'Team A' } },
      { ...group('b'), spec: { profile: { displayName: 'Team B' } } },
      group('c'),
    ]);
    expect(memberships.map(({ title }) => title)).toEqual([
      'Team A',
      'Team B',
      undefined,
    ]);
    expect(memberships[2]).not.toHaveProperty('title');
  });

  it('terminates for a cycle of groups', async () => {
    await expect(
      read([
        user('alice', ['group:default/a']),
        group('a', ['b']),
        group('b', ['a']),
      ]),
    ).resolves.toMatchObject([
      { group: 'group:default/a' },
      { group: 'group:default/b' },
    ]);
  });

  it('refuses a hierarchy that is too deep instead of truncating it', async () => {
    const chain = Array.from({ length: 30 }, (_, level) =>
      group(`g${level}`, [`g${level + 1}`]),
    );
    await expect(
      read([user('alice', ['group:default/g0']), ...chain]),
    ).rejects.toThrow('more than 20 levels');
  });
});
