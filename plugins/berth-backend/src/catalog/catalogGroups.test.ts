import { mockCredentials } from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import { InputError, ServiceUnavailableError } from '@backstage/errors';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { findCatalogGroups } from './catalogGroups';

const credentials = mockCredentials.user('user:default/ada');

function entity(kind: string, name: string, namespace?: string): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind,
    metadata: {
      name,
      uid: `uid-of-${name}`,
      ...(namespace && { namespace }),
    },
  };
}

describe('findCatalogGroups', () => {
  const catalog = catalogServiceMock({
    entities: [
      entity('Group', 'Team-A'),
      entity('Group', 'ops', 'acme'),
      entity('User', 'alice'),
    ],
  });
  const find = (...groups: string[]) =>
    findCatalogGroups(catalog, groups, credentials);

  it('spells the names like the metadata of the entities, and returns their UIDs', async () => {
    await expect(
      find('group:default/team-a', 'group:acme/ops'),
    ).resolves.toEqual([
      { ref: 'group:default/Team-A', uid: 'uid-of-Team-A' },
      { ref: 'group:acme/ops', uid: 'uid-of-ops' },
    ]);
    await expect(find()).resolves.toEqual([]);
  });

  it('names those that do not exist, and no others', async () => {
    const act = find('group:acme/ops', 'group:default/ops', 'group:x/y');
    await expect(act).rejects.toThrow(InputError);
    await expect(act).rejects.toThrow(
      /in the catalog: group:default\/ops, group:x\/y\. /,
    );
  });

  it('counts the groups that it does not list', async () => {
    const many = Array.from({ length: 25 }, (_, i) => `group:default/g${i}`);
    await expect(find(...many)).rejects.toThrow(/g19 and 5 more/);
  });

  it('asks for many groups in batches, as the caller', async () => {
    const asked: number[] = [];
    const mock = catalogServiceMock.mock({
      getEntitiesByRefs: async ({ entityRefs }, options) => {
        expect(options).toEqual({ credentials });
        asked.push(entityRefs.length);
        return {
          items: entityRefs.map(ref => entity('Group', ref.split('/')[1])),
        };
      },
    });
    const many = Array.from({ length: 250 }, (_, i) => `group:default/g${i}`);
    await expect(
      findCatalogGroups(mock, many, credentials),
    ).resolves.toHaveLength(250);
    expect(asked).toEqual([100, 100, 50]);
  });

  it('does not accept an entity of another kind as a group', async () => {
    const mock = catalogServiceMock.mock({
      getEntitiesByRefs: async () => ({ items: [entity('User', 'alice')] }),
    });
    await expect(
      findCatalogGroups(mock, ['group:default/alice'], credentials),
    ).rejects.toThrow('group:default/alice');
  });

  it('S11 fails when the catalog does', async () => {
    const mock = catalogServiceMock.mock({
      getEntitiesByRefs: async () => {
        throw new Error('catalog is down');
      },
    });
    await expect(
      findCatalogGroups(mock, ['group:default/a'], credentials),
    ).rejects.toThrow(ServiceUnavailableError);
  });
});
