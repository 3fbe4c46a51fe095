import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import { CallerResolver } from './CallerResolver';
import { CatalogPersonResolver } from './CatalogPersonResolver';
import { SharedEntities } from './SharedEntities';

function user(name: string): Entity {
  return { apiVersion: 'v1', kind: 'User', metadata: { name } };
}

/** Resolves callers as the backend does, from a catalog whose calls are counted. */
function setUp() {
  const getEntitiesByRefs = jest.fn(
    async ({ entityRefs }: { entityRefs: string[] }) => ({
      items: entityRefs.map(ref => user(ref.split('/')[1])),
    }),
  );
  const auth = mockServices.auth();
  const resolver = new CallerResolver({
    auth,
    people: new CatalogPersonResolver({
      catalog: new SharedEntities({ auth, catalog: { getEntitiesByRefs } }),
      adminGroups: new Set(),
      auditorGroups: new Set(),
    }),
  });
  const asked = () =>
    getEntitiesByRefs.mock.calls.map(([{ entityRefs }]) => entityRefs);
  return { asked, getEntitiesByRefs, resolver };
}

const ada = mockCredentials.user('user:default/ada');

describe('CallerResolver', () => {
  it('asks once for concurrent calls of several people', async () => {
    const { asked, resolver } = setUp();
    const refs = ['user:default/a', 'user:default/b', 'user:default/a'];
    const people = await Promise.all(
      refs.map(ref => resolver.resolve(mockCredentials.user(ref))),
    );
    expect(people.map(person => person.userRef)).toEqual(refs);
    expect(asked()).toEqual([['user:default/a', 'user:default/b']]);
  });

  it('shares callers, but reads the people that they ask about with their own credentials', async () => {
    const { getEntitiesByRefs, resolver } = setUp();
    for (const userRef of ['user:default/bob', 'user:default/bob', undefined]) {
      await expect(resolver.resolve(ada, userRef)).resolves.toMatchObject({
        userRef: userRef ?? 'user:default/ada',
      });
    }
    expect(getEntitiesByRefs.mock.calls).toEqual([
      [expect.anything(), { credentials: ada }],
      [expect.anything(), { credentials: ada }],
      [
        expect.objectContaining({ entityRefs: ['user:default/ada'] }),
        { credentials: mockCredentials.service('plugin:test') },
      ],
    ]);
  });

  it('S11 throws the errors of the catalog, and asks again after an error', async () => {
    const { getEntitiesByRefs, resolver } = setUp();
    getEntitiesByRefs.mockRejectedValueOnce(new Error('catalog is down'));
    await expect(resolver.resolve(ada)).rejects.toThrow('catalog is down');
    await expect(resolver.resolve(ada)).resolves.toMatchObject({
      userRef: 'user:default/ada',
    });
  });
});
