import { TestDatabaseId, TestDatabases } from '@backstage/backend-test-utils';
import { migrate } from '../database/migrate';
import { DatabaseClusterStore } from '../registry';
import { DatabaseInventory } from './DatabaseInventory';
import { DatabaseLeaseStore } from './leases/DatabaseLeaseStore';
import { FencingToken, ObjectKey } from './types';

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
    const leases = DatabaseLeaseStore.create(knex);
    await leases.join('us');
    const take = async (clusterId: string): Promise<FencingToken> => {
      const { token = 0 } = (await leases.acquire(clusterId, 'us')) ?? {};
      return { clusterId, holder: 'us', token };
    };
    const inventory = DatabaseInventory.create(knex);
    return {
      clusters,
      leases,
      inventory,
      one: await take(one.id),
      two: await take(two.id),
      list: (fencingToken: FencingToken) =>
        inventory.list(fencingToken.clusterId),
      exists: (fencingToken: FencingToken, key: ObjectKey, uid: string) =>
        inventory.record(fencingToken, { exist: [{ ...key, uid }], gone: [] }),
    };
  }

  describe.each(databases.eachSupportedId())('%s', databaseId => {
    it('P21 forgets the UIDs of objects whose namespace was created again', async () => {
      const { inventory, one, two, list, exists } = await setUp(databaseId);
      const quota: ObjectKey = {
        kind: 'ResourceQuota',
        namespace: 'team-a',
        name: 'berth',
      };
      for (const token of [one, two]) {
        await exists(token, NAMESPACE, 'n-1');
        await exists(token, BINDING, 'b-1');
        await exists(token, quota, 'q-1');
      }
      await exists(one, NAMESPACE, 'n-1');
      expect(await list(one)).toEqual(await list(two));
      await inventory.record(one, {
        exist: [
          { ...NAMESPACE, uid: 'n-2' },
          { ...quota, uid: 'q-2' },
        ],
        gone: [],
      });
      const byUid = async (token: FencingToken) =>
        Object.fromEntries(
          (await list(token)).map(({ kind, uid }) => [kind, uid]),
        );
      expect(await byUid(one)).toEqual({
        Namespace: 'n-2',
        ResourceQuota: 'q-2',
        RoleBinding: undefined,
      });
      expect(await byUid(two)).toEqual({
        Namespace: 'n-1',
        ResourceQuota: 'q-1',
        RoleBinding: 'b-1',
      });
    });

    it('records the intent, then the UID, separately for each cluster', async () => {
      const { inventory, one, two, list, exists } = await setUp(databaseId);
      await inventory.intend(one, [BINDING]);
      await expect(list(one)).resolves.toEqual([BINDING]);
      await expect(list(two)).resolves.toEqual([]);

      await exists(one, BINDING, 'u-1');
      await exists(two, BINDING, 'u-2');
      await expect(list(one)).resolves.toEqual([{ ...BINDING, uid: 'u-1' }]);
      await expect(list(two)).resolves.toEqual([{ ...BINDING, uid: 'u-2' }]);
    });

    it('loses no UID to a later intent, and takes a new UID', async () => {
      const { inventory, one, list, exists } = await setUp(databaseId);
      await exists(one, NAMESPACE, 'u-1');
      await inventory.intend(one, [NAMESPACE]);
      await inventory.intend(one, [NAMESPACE]);
      await expect(list(one)).resolves.toEqual([{ ...NAMESPACE, uid: 'u-1' }]);
      await exists(one, NAMESPACE, 'u-2');
      await expect(list(one)).resolves.toEqual([{ ...NAMESPACE, uid: 'u-2' }]);
    });

    it('removes exactly what is gone', async () => {
      const { inventory, one, two, list } = await setUp(databaseId);
      for (const fencingToken of [one, two]) {
        await inventory.record(fencingToken, {
          exist: [
            { ...NAMESPACE, uid: 'u-1' },
            { ...BINDING, uid: 'u-2' },
          ],
          gone: [],
        });
      }
      await inventory.record(one, { exist: [], gone: [BINDING] });
      await inventory.record(one, { exist: [], gone: [BINDING] });
      await expect(list(one)).resolves.toEqual([{ ...NAMESPACE, uid: 'u-1' }]);
      await expect(list(two)).resolves.toHaveLength(2);
    });

    it('accepts thousands at once', async () => {
      const { inventory, one, list } = await setUp(databaseId);
      const keys = Array.from({ length: 3_000 }, (_, index) => ({
        ...BINDING,
        namespace: `team-${index}`,
      }));
      await inventory.intend(one, keys);
      await expect(list(one)).resolves.toHaveLength(3_000);
      await inventory.record(one, {
        exist: keys.slice(0, 1_500).map(key => ({ ...key, uid: 'u' })),
        gone: keys.slice(1_500),
      });
      const left = await list(one);
      expect(left).toHaveLength(1_500);
      expect(left.every(({ uid }) => uid === 'u')).toBe(true);
    });

    it('is deleted with its cluster, and accepts nothing for a deleted cluster', async () => {
      const { clusters, inventory, one, list } = await setUp(databaseId);
      await inventory.intend(one, [BINDING]);
      await clusters.delete(one.clusterId);
      await expect(list(one)).resolves.toEqual([]);
      await expect(inventory.intend(one, [BINDING])).rejects.toThrow(
        'lease of the cluster',
      );
    });

    it('S41 accepts nothing from a replica that lost the cluster, not even after the replica takes it back', async () => {
      const { inventory, leases, one, list, exists } = await setUp(databaseId);
      await exists(one, BINDING, 'u-1');
      await leases.release(one);
      const refused = () =>
        Promise.all([
          expect(inventory.intend(one, [NAMESPACE])).rejects.toThrow('lost'),
          expect(exists(one, BINDING, 'u-2')).rejects.toThrow('lost'),
          expect(
            inventory.record(one, { exist: [], gone: [BINDING] }),
          ).rejects.toThrow('lost'),
        ]);
      await refused();
      await leases.join('them');
      await leases.acquire(one.clusterId, 'them');
      await refused();
      await leases.leave('them');
      await leases.acquire(one.clusterId, 'us');
      await refused();
      await expect(list(one)).resolves.toEqual([{ ...BINDING, uid: 'u-1' }]);
    });
  });
});
