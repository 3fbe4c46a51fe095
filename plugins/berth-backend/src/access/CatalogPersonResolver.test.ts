import { mockCredentials } from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { CatalogPersonResolver } from './CatalogPersonResolver';

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

function resolve(entities: Entity[], admins: string[] = []) {
  return new CatalogPersonResolver({
    catalog: catalogServiceMock({ entities }),
    adminGroups: new Set(admins),
    auditorGroups: new Set(),
  }).resolve(mockCredentials.user('user:default/alice'));
}

describe('CatalogPersonResolver', () => {
  it('makes a member of a group a member of its ancestors', async () => {
    await expect(
      resolve([
        user('alice', ['group:default/cards', 'group:default/guild']),
        group('cards', ['payments']),
        group('payments', ['engineering']),
        group('engineering'),
        group('guild'),
        group('other', ['engineering']),
      ]),
    ).resolves.toMatchObject({
      userRef: 'user:default/alice',
      username: 'user:alice',
      groups: [
        'group:default/cards',
        'group:default/engineering',
        'group:default/guild',
        'group:default/payments',
      ],
      admin: false,
    });
  });

  it("resolves another person with the caller's credentials", async () => {
    const catalog = catalogServiceMock({
      entities: [user('bob', ['group:default/cards']), group('cards')],
    });
    const credentials = mockCredentials.user('user:default/alice');
    const asked = jest.spyOn(catalog, 'getEntitiesByRefs');
    const resolver = new CatalogPersonResolver({
      catalog,
      adminGroups: new Set(),
      auditorGroups: new Set(),
    });
    await expect(
      resolver.resolve(credentials, 'user:default/bob'),
    ).resolves.toMatchObject({
      username: 'user:bob',
      groups: ['group:default/cards'],
    });
    expect(asked).toHaveBeenCalledWith(
      expect.objectContaining({ entityRefs: ['user:default/bob'] }),
      { credentials },
    );
  });

  it('makes members of an admin group admins, nested ones included', async () => {
    const entities = [
      user('alice', ['group:default/oncall']),
      group('oncall', ['platform']),
      group('platform'),
    ];
    await expect(
      resolve(entities, ['group:default/platform']),
    ).resolves.toMatchObject({ admin: true });
    await expect(resolve(entities)).resolves.toMatchObject({ admin: false });
  });

  it('S10 counts only groups that are in the catalog', async () => {
    await expect(
      resolve(
        [
          user('alice', ['group:default/gone', 'group:default/team-a']),
          group('team-a'),
        ],
        ['group:default/gone'],
      ),
    ).resolves.toMatchObject({
      groups: ['group:default/team-a'],
      admin: false,
    });
  });

  it('S10 refuses a person who left the catalog', async () => {
    await expect(resolve([group('team-a')])).rejects.toThrow(
      'user:default/alice is not in the catalog',
    );
  });

  it('S11 fails when the catalog fails', async () => {
    const catalog = catalogServiceMock.mock();
    catalog.getEntitiesByRefs
      .mockResolvedValueOnce({
        items: [user('alice', ['group:default/team-a'])],
      })
      .mockRejectedValue(new Error('catalog is down'));
    const resolver = new CatalogPersonResolver({
      catalog,
      adminGroups: new Set(),
      auditorGroups: new Set(),
    });
    await expect(
      resolver.resolve(mockCredentials.user('user:default/alice')),
    ).rejects.toThrow('catalog is down');
  });
});
