import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { CatalogPersonResolver } from './CatalogPersonResolver';
import { SharedEntities } from './SharedEntities';

const ref = (name: string) => `group:default/${name}`;

function user(name: string, ...groups: string[]): Entity {
  return entity('User', name, 'memberOf', groups);
}

function group(name: string, ...parents: string[]): Entity {
  return entity('Group', name, 'childOf', parents);
}

function entity(
  kind: string,
  name: string,
  type: string,
  groups: string[],
): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind,
    metadata: { name, uid: `uid-of-${name}` },
    relations: groups.map(one => ({ type, targetRef: ref(one) })),
  };
}

const portal = mockCredentials.service('plugin:berth');

/** A catalog that changes, a clock, and people who are resolved with the credentials of the plugin. */
function setUp(entities: Entity[], maxAgeMs?: number) {
  let now = 1_000;
  const catalog = catalogServiceMock.mock();
  const state = { entities };
  catalog.getEntitiesByRefs.mockImplementation(async ({ entityRefs }) => ({
    items: entityRefs.map(wanted =>
      state.entities.find(it => stringifyEntityRef(it) === wanted),
    ),
  }));
  const shared = new SharedEntities({
    auth: mockServices.auth(),
    catalog,
    maxAgeMs,
    now: () => now,
  });
  const people = new CatalogPersonResolver({
    catalog: shared,
    adminGroups: new Set(),
    auditorGroups: new Set(),
  });
  return {
    asked: () =>
      catalog.getEntitiesByRefs.mock.calls.map(
        ([{ entityRefs }]) => entityRefs,
      ),
    catalog,
    read: (name: string) => people.read(`user:default/${name}`, portal),
    groupsOf: async (name: string) =>
      (await people.read(`user:default/${name}`, portal)).groups,
    shared,
    state,
    wait: (milliseconds: number) => {
      now += milliseconds;
    },
  };
}

/** The longest time for which a change of the catalog may be unseen, in milliseconds. */
const BOUND = 5_000;

describe('SharedEntities', () => {
  it('reads the groups of many people in one call for each level', async () => {
    const people = Array.from({ length: 50 }, (_, n) => `person-${n}`);
    const { asked, groupsOf } = setUp([
      ...people.map((name, n) => user(name, `team-${n % 5}`)),
      ...Array.from({ length: 5 }, (_, n) => group(`team-${n}`, 'all')),
      group('all'),
    ]);
    const groups = await Promise.all(people.map(groupsOf));
    expect(groups[7]).toEqual([ref('all'), ref('team-2')]);
    expect(asked().map(refs => refs.length)).toEqual([50, 5, 1]);
  });

  it.each<[string, Entity[], string[]]>([
    [
      'removed from a group',
      [user('ada'), group('a', 'top'), group('top')],
      [],
    ],
    [
      'moved to another group',
      [user('ada', 'b'), group('a', 'top'), group('b'), group('top')],
      ['b'],
    ],
    [
      'in a group that was moved',
      [user('ada', 'a'), group('a', 'b'), group('b'), group('top')],
      ['a', 'b'],
    ],
    ['in a group that was removed', [user('ada', 'a'), group('top')], []],
    [
      'in a group whose parent was removed',
      [user('ada', 'a'), group('a')],
      ['a'],
    ],
  ])(
    'S10 sees within five seconds that a person is %s',
    async (_, changed, left) => {
      const { groupsOf, state, wait } = setUp([
        user('ada', 'a'),
        group('a', 'top'),
        group('top'),
      ]);
      expect(await groupsOf('ada')).toEqual([ref('a'), ref('top')]);
      state.entities = changed;
      wait(BOUND);
      expect(await groupsOf('ada')).toEqual(left.map(ref));
    },
  );

  it('S10 keeps no group longer because others ask for it', async () => {
    const { groupsOf, state, wait } = setUp([
      user('ada', 'a'),
      user('bob', 'a'),
      group('a'),
    ]);
    await groupsOf('ada');
    wait(BOUND - 1);
    expect(await groupsOf('bob')).toEqual([ref('a')]);
    state.entities = [user('ada', 'a'), user('bob', 'a')];
    wait(1);
    // Bob's entity was read a moment ago, the group was not.
    expect(await groupsOf('bob')).toEqual([]);
  });

  it('S10 counts the age of an entity from the call and not from its answer', async () => {
    const { catalog, groupsOf, state, wait } = setUp([
      user('ada', 'a'),
      group('a'),
    ]);
    const slow = state.entities;
    catalog.getEntitiesByRefs.mockImplementationOnce(async () => {
      wait(BOUND);
      return { items: [slow[0]] };
    });
    expect(await groupsOf('ada')).toEqual([ref('a')]);
    state.entities = [user('ada'), group('a')];
    expect(await groupsOf('ada')).toEqual([]);
  });

  it('S10 refuses a person who left, within five seconds', async () => {
    const { read, state, wait } = setUp([user('ada')]);
    await read('ada');
    state.entities = [];
    wait(BOUND);
    await expect(read('ada')).rejects.toThrow('is not in the catalog');
  });

  it('S21 sees the UIDs of a user and a group that were created again', async () => {
    const { read, state, wait } = setUp([user('ada', 'a'), group('a')]);
    await read('ada');
    state.entities = state.entities.map(it => ({
      ...it,
      metadata: { ...it.metadata, uid: `second-${it.metadata.name}` },
    }));
    wait(BOUND);
    expect(await read('ada')).toMatchObject({
      uid: 'second-ada',
      memberships: [{ group: ref('a'), uid: 'second-a' }],
    });
  });

  it('sees a group that appears, within five seconds', async () => {
    const { groupsOf, state, wait } = setUp([user('ada', 'a')]);
    expect(await groupsOf('ada')).toEqual([]);
    state.entities = [...state.entities, group('a')];
    wait(BOUND);
    expect(await groupsOf('ada')).toEqual([ref('a')]);
  });

  it('ends at a cycle of groups', async () => {
    const { groupsOf } = setUp([
      user('ada', 'a'),
      group('a', 'b'),
      group('b', 'c', 'b'),
      group('c', 'a'),
    ]);
    expect(await groupsOf('ada')).toEqual(['a', 'b', 'c'].map(ref));
  });

  it('S52 with the age 0, shares the reads of those who wait and keeps nothing', async () => {
    const { asked, groupsOf, state } = setUp([user('ada', 'a'), group('a')], 0);
    await Promise.all([groupsOf('ada'), groupsOf('ada')]);
    expect(asked()).toEqual([['user:default/ada'], [ref('a')]]);
    state.entities = [user('ada')];
    expect(await groupsOf('ada')).toEqual([]);
  });

  it('S11 uses no group that is older than five seconds while the catalog fails', async () => {
    const { catalog, groupsOf, wait } = setUp([user('ada', 'a'), group('a')]);
    await groupsOf('ada');
    catalog.getEntitiesByRefs.mockRejectedValue(new Error('catalog is down'));
    wait(BOUND - 1);
    expect(await groupsOf('ada')).toEqual([ref('a')]);
    wait(1);
    await expect(groupsOf('ada')).rejects.toThrow('catalog is down');
  });

  it('S11 throws the error to all who wait, and asks again afterwards', async () => {
    const { catalog, groupsOf } = setUp([user('ada', 'a'), group('a')]);
    catalog.getEntitiesByRefs.mockRejectedValueOnce(new Error('down'));
    const results = await Promise.allSettled([
      groupsOf('ada'),
      groupsOf('ada'),
    ]);
    expect(results.map(({ status }) => status)).toEqual([
      'rejected',
      'rejected',
    ]);
    expect(await groupsOf('ada')).toEqual([ref('a')]);
  });

  it('S10 does not share what the catalog answers to a person', async () => {
    const { asked, shared } = setUp([user('ada')]);
    const request = { entityRefs: ['user:default/ada'] };
    const options = { credentials: mockCredentials.user('user:default/bob') };
    await shared.getEntitiesByRefs(request, options);
    await shared.getEntitiesByRefs(request, options);
    expect(asked()).toHaveLength(2);
  });

  it('does not mix requests for other fields or with conditions', async () => {
    const { catalog, shared } = setUp([user('ada')]);
    const entityRefs = ['user:default/ada'];
    const ask = (more: object) =>
      shared.getEntitiesByRefs(
        { entityRefs, ...more },
        { credentials: portal },
      );
    await Promise.all([
      ask({}),
      ask({ fields: ['kind'] }),
      ask({ filter: { kind: 'Group' } }),
    ]);
    expect(catalog.getEntitiesByRefs).toHaveBeenCalledTimes(3);
  });
});
