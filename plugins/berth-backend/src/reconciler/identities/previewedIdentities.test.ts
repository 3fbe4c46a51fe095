import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { migrate } from '../../database/migrate';
import { Profile } from '../profiles/types';
import { DatabaseIdentityStore } from './DatabaseIdentityStore';
import { previewedIdentities } from './previewedIdentities';
import { readOwnerIdentities } from './readOwnerIdentities';
import { OwnerIdentity } from './types';

const NAMES = { uid: 'ldap.example.com/uid', gid: 'ldap.example.com/gid' };
const PROFILES: Profile[] = [
  { name: 'ids', networkPolicies: [], identity: { ...NAMES, minimum: 1000 } },
];
const ref = (name: string) => `user:default/${name}`;

const user = (name: string, uid: string): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'User',
  metadata: {
    name,
    uid: `entity of ${name}`,
    annotations: { [NAMES.uid]: uid, [NAMES.gid]: '100' },
  },
});

const used = (name: string, runAsUser: number) => ({
  entityUid: `entity of ${name}`,
  values: { runAsUser, runAsGroup: 100, supplementalGroups: [] },
});

describe('previewedIdentities', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

  it.each(databases.eachSupportedId())(
    'P13 knows the IDs of owners before a profile with IDs is in the configuration, as the store would record them, in %s',
    async databaseId => {
      const knex = await databases.init(databaseId);
      await migrate(knex);
      const store = DatabaseIdentityStore.create(knex);
      const options = {
        auth: mockServices.auth(),
        catalog: catalogServiceMock({
          entities: [
            user('new', '1000'),
            user('changed', '2001'),
            user('thief', '3000'),
            user('twin-1', '4000'),
            user('twin-2', '4000'),
          ],
        }),
        store,
      };
      // The catalog has no longer the ID that `former` uses, or another one that `changed` uses.
      await store.save(ref('changed'), used('changed', 2000));
      await store.save(ref('former'), used('former', 3000));
      const before = await store.list([ref('changed'), ref('former')]);
      const owners = ['new', 'changed', 'former', 'thief', 'twin-1'].map(ref);

      const found = await previewedIdentities(options, PROFILES).of([
        ...owners,
        ...owners,
      ]);

      expect(found.get(ref('new'))?.used).toEqual(used('new', 1000));
      expect(found.get(ref('changed'))).toMatchObject({
        used: used('changed', 2000),
        found: used('changed', 2001),
      });
      expect(found.get(ref('former'))).toMatchObject({
        used: used('former', 3000),
        problem: expect.stringMatching(/no User of the catalog/),
      });
      expect(found.get(ref('thief'))).toMatchObject({
        problem: expect.stringMatching(/3000 .* that of another person/),
      });
      expect(found.get(ref('thief'))?.used).toBeUndefined();
      expect(await store.list(owners)).toEqual(before);

      const read = await readOwnerIdentities(options, owners, NAMES);
      for (const [owner, catalog] of read) {
        await store.save(owner, catalog);
      }
      const facts = (all: Iterable<OwnerIdentity>) =>
        [...all]
          .map(({ since: _, ...one }) => one)
          .sort((a, b) => (a.owner < b.owner ? -1 : 1));
      expect(facts(found.values())).toEqual(facts(await store.list(owners)));
    },
  );

  it('reads nothing for profiles without IDs', async () => {
    const failing = async () => {
      throw new Error('nothing to read');
    };
    const source = previewedIdentities(
      {
        auth: mockServices.auth(),
        catalog: { getEntities: failing, getEntitiesByRefs: failing },
        store: { list: failing, ownersOfUserIds: failing },
      },
      [{ name: 'none', networkPolicies: [] }],
    );
    expect(await source.of([ref('alice')])).toEqual(new Map());
  });
});
