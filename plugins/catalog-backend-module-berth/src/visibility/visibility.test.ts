import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { BerthVisibility } from './BerthVisibility';
import { createEntityRule } from './entityRule';
import { GroupTags } from './GroupTags';

const TEAM_A = 'group:default/team-a';

function tagsOf(encryptionSecret: string | string[]) {
  return GroupTags.fromConfig(
    mockServices.rootConfig({
      data: { berth: { keys: { encryptionSecret } } },
    }),
  )!;
}

function berthEntity(visibleTo?: string[]): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Resource',
    metadata: { name: 'staging', annotations: { 'berth.dev/cluster-id': '1' } },
    spec: { ...(visibleTo && { berth: { visibleTo } }) },
  };
}

describe('IS_VISIBLE_IN_BERTH', () => {
  const tags = tagsOf('one secret');
  const rule = createEntityRule(tags);
  const held = berthEntity(tags.write([{ group: TEAM_A, uid: 'uid-a' }]));

  it.each([
    ['a holder', held, [`${TEAM_A}#uid-a`], true],
    ['one of several groups', held, ['group:x/y#z', `${TEAM_A}#uid-a`], true],
    ['a group that was created again', held, [`${TEAM_A}#uid-new`], false],
    ['a group without a UID', held, [TEAM_A], false],
    ['another group', held, ['group:default/team-b#uid-a'], false],
    ['nobody’s group', held, [], false],
    ['an entity without groups', berthEntity(), [`${TEAM_A}#uid-a`], false],
  ])('decides about %s', (_, entity, groups, visible) => {
    expect(rule.apply(entity, { groups })).toBe(visible);
  });

  describe('for a personal namespace', () => {
    const ALICE = 'user:default/alice';
    const ofAlice = (...asMemberOf: string[]) =>
      berthEntity(
        tags.write([
          {
            group: ALICE,
            uid: 'uid-1',
            asMemberOf: asMemberOf.map(group => ({ group, uid: 'uid-a' })),
          },
        ]),
      );
    const shared = ofAlice(TEAM_A, 'group:default/team-b');
    const inTeamA = [`${ALICE}#uid-1`, `${TEAM_A}#uid-a`];

    it.each([
      ['its owner in a group with a share', shared, inTeamA, true],
      [
        'its owner after the share of the group ended',
        ofAlice('group:default/team-b'),
        inTeamA,
        false,
      ],
      ['its owner after all shares ended', ofAlice(), inTeamA, false],
      ['its owner outside of the groups', shared, [`${ALICE}#uid-1`], false],
      ['another member of the group', shared, [`${TEAM_A}#uid-a`], false],
      [
        'a later user of the same name',
        shared,
        [`${ALICE}#uid-2`, `${TEAM_A}#uid-a`],
        false,
      ],
      [
        'its owner in a group that was created again',
        shared,
        [`${ALICE}#uid-1`, `${TEAM_A}#uid-new`],
        false,
      ],
    ])('P8 decides about %s', (_, entity, groups, visible) => {
      expect(rule.apply(entity, { groups })).toBe(visible);
    });
  });

  it('allows a group whose UID was not stored', () => {
    const entity = berthEntity(tags.write([{ group: TEAM_A }]));
    expect(rule.apply(entity, { groups: [`${TEAM_A}#uid-a`] })).toBe(true);
  });

  it('allows every other entity', () => {
    const other = { ...held, metadata: { name: 'storefront' } };
    expect(rule.apply(other, { groups: [] })).toBe(true);
  });

  it('makes the same catalog query', () => {
    const notOurs = {
      not: { key: 'metadata.annotations.berth.dev/cluster-id' },
    };
    expect(rule.toQuery({ groups: [] })).toEqual(notOurs);
    expect(rule.toQuery({ groups: [`${TEAM_A}#uid-a`] })).toEqual({
      anyOf: [
        notOurs,
        {
          key: 'spec.berth.visibleTo',
          values: [
            ...tags.write([{ group: TEAM_A }]),
            ...tags.write([{ group: TEAM_A, uid: 'uid-a' }]),
          ],
        },
      ],
    });
  });

  it('shows nothing from Berth without a secret, and accepts the former secret while it is configured', () => {
    const groups = [`${TEAM_A}#uid-a`];
    expect(createEntityRule(undefined).apply(held, { groups })).toBe(false);
    const both = createEntityRule(tagsOf(['new secret', 'one secret']));
    expect(both.apply(held, { groups })).toBe(true);
    const another = createEntityRule(tagsOf('new secret'));
    expect(another.apply(held, { groups })).toBe(false);
  });
});

describe('BerthVisibility', () => {
  function entity(kind: string, name: string, type: string, to: string[]) {
    return {
      apiVersion: 'backstage.io/v1alpha1',
      kind,
      metadata: { name, uid: `uid-${name}` },
      relations: to.map(target => ({
        type,
        targetRef: `group:default/${target}`,
      })),
    };
  }
  const catalog = catalogServiceMock({
    entities: [
      entity('User', 'ada', 'memberOf', ['platform']),
      entity('User', 'noor', 'memberOf', ['ledger', 'gone']),
      entity('Group', 'platform', 'childOf', []),
      entity('Group', 'ledger', 'childOf', ['engineering']),
      entity('Group', 'engineering', 'childOf', ['ledger']),
    ],
  });
  const visibility = BerthVisibility.fromConfig(
    mockServices.rootConfig({ data: { berth: { admins: ['platform'] } } }),
    { auth: mockServices.auth(), catalog },
  );
  const decide = (name: string, permission = 'catalog.entity.read') =>
    visibility.decide(
      { permission: { type: 'basic', name: permission, attributes: {} } },
      {
        credentials: mockCredentials.user(`user:default/${name}`),
        info: { userEntityRef: 'ignored', ownershipEntityRefs: [TEAM_A] },
      },
    );

  it.each([
    ['catalog.entity.read', 'catalog', 'IS_VISIBLE_IN_BERTH'],
    ['berth.cluster.read', 'berth', 'IS_VISIBLE_TO'],
    ['berth.namespace.read', 'berth', 'IS_VISIBLE_TO'],
  ])(
    'narrows %s to the person and the groups of the catalog',
    async (name, plugin, rule) => {
      expect(await decide('noor', name)).toMatchObject({
        result: AuthorizeResult.CONDITIONAL,
        pluginId: plugin,
        conditions: {
          rule,
          params: {
            groups: [
              'group:default/engineering#uid-engineering',
              'group:default/ledger#uid-ledger',
              'user:default/noor#uid-noor',
            ],
          },
        },
      });
    },
  );

  it('shows everything to admins, and does not decide other permissions', async () => {
    expect(await decide('ada')).toEqual({ result: AuthorizeResult.ALLOW });
    expect(await decide('noor', 'catalog.entity.delete')).toBeUndefined();
  });

  it('treats unknown and anonymous users as people without groups', async () => {
    const none = { conditions: { params: { groups: [] } } };
    expect(await decide('stranger')).toMatchObject(none);
    expect(
      await visibility.decide({
        permission: {
          type: 'basic',
          name: 'catalog.entity.read',
          attributes: {},
        },
      }),
    ).toMatchObject(none);
  });

  it('decides nothing when the catalog does not answer', async () => {
    const broken = catalogServiceMock.mock({
      getEntitiesByRefs: async () => {
        throw new Error('the catalog is down');
      },
    });
    const blind = BerthVisibility.fromConfig(mockServices.rootConfig(), {
      auth: mockServices.auth(),
      catalog: broken,
    });

    await expect(
      blind.decide(
        {
          permission: {
            type: 'basic',
            name: 'catalog.entity.read',
            attributes: {},
          },
        },
        {
          credentials: mockCredentials.user('user:default/ada'),
          info: { userEntityRef: '', ownershipEntityRefs: [] },
        },
      ),
    ).rejects.toThrow('the catalog is down');
  });
});
