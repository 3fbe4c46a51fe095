import { TestDatabaseId, TestDatabases } from '@backstage/backend-test-utils';
import { migrate } from '../database/migrate';
import { DatabaseClusterStore } from '../registry';
import { DatabaseInventory } from './DatabaseInventory';
import { ObjectKey } from './types';

const NAMESPACE: ObjectKey = {
  kind: 'Namespace',
  namespace: '',
  name: 'team-a',
};
const BINDING: ObjectKey = {
  kind: 'RoleBinding',
  namespace: 'team-a',
  name: 'berth:admin:team-a',
};

describe('DatabaseInventory', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

  async function setUp(databaseId: TestDatabaseId) {
    const knex = await databases.init(databaseId);
    await migrate(knex);
    const clusters = DatabaseClusterStore.create(knex);
    const [one, two] = await Promise.all(
      ['one', 'two'].map(name =>
        clusters.create({
          name,
          apiServer: 'https://k8s.example.com',
          caPem: 'the CA',
          connection: 'oidc',
          usernamePrefix: '',
          groupsPrefix: '',
        }),
      ),
    );
    return {
      clusters,
      inventory: DatabaseInventory.create(knex),
      one: one.id,
      two: two.id,
    };
  }

  describe.each(databases.eachSupportedId())('%s', databaseId => {
    it('remembers the intent, then the UID, of each cluster apart', async () => {
      const { inventory, one, two } = await setUp(databaseId);
      await inventory.intend(one, BINDING);
      await expect(inventory.list(one)).resolves.toEqual([BINDING]);
      await expect(inventory.list(two)).resolves.toEqual([]);

      await inventory.complete(one, BINDING, 'u-1');
      await inventory.complete(two, BINDING, 'u-2');
      await expect(inventory.list(one)).resolves.toEqual([
        { ...BINDING, uid: 'u-1' },
      ]);
      await expect(inventory.list(two)).resolves.toEqual([
        { ...BINDING, uid: 'u-2' },
      ]);
    });

    it('loses no UID to a later intent, and takes a new UID', async () => {
      const { inventory, one } = await setUp(databaseId);
      await inventory.complete(one, NAMESPACE, 'u-1');
      await inventory.intend(one, NAMESPACE);
      await inventory.intend(one, NAMESPACE);
      await expect(inventory.list(one)).resolves.toEqual([
        { ...NAMESPACE, uid: 'u-1' },
      ]);
      await inventory.complete(one, NAMESPACE, 'u-2');
      await expect(inventory.list(one)).resolves.toEqual([
        { ...NAMESPACE, uid: 'u-2' },
      ]);
    });

    it('removes exactly one entry', async () => {
      const { inventory, one, two } = await setUp(databaseId);
      for (const clusterId of [one, two]) {
        await inventory.complete(clusterId, NAMESPACE, 'u-1');
        await inventory.complete(clusterId, BINDING, 'u-2');
      }
      await inventory.remove(one, BINDING);
      await inventory.remove(one, BINDING);
      await expect(inventory.list(one)).resolves.toHaveLength(1);
      await expect(inventory.list(two)).resolves.toHaveLength(2);
    });

    it('goes with its cluster, and takes nothing for one that is gone', async () => {
      const { clusters, inventory, one } = await setUp(databaseId);
      await inventory.intend(one, BINDING);
      await clusters.delete(one);
      await expect(inventory.list(one)).resolves.toEqual([]);
      // Not toThrow: better-sqlite3's errors are none to jest in a worker that ran other files before.
      await expect(inventory.intend(one, BINDING)).rejects.toHaveProperty(
        'message',
        expect.stringMatching(/foreign key/i),
      );
    });
  });
});
