import { TestDatabases } from '@backstage/backend-test-utils';
import { migrate } from '../../database/migrate';
import { DatabaseClusterStore } from '../../registry/DatabaseClusterStore';
import { DatabaseLeaseStore } from '../leases/DatabaseLeaseStore';
import { DatabasePodSecurityStore } from './DatabasePodSecurityStore';

const MINUTE = 60_000;

describe('DatabasePodSecurityStore', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

  it.each(databases.eachSupportedId())(
    'P2 P3 keeps waits, what an admin confirmed, and the turn of one cluster, in %s',
    async databaseId => {
      const knex = await databases.init(databaseId);
      await migrate(knex);
      const clusters = DatabaseClusterStore.create(knex);
      const leases = DatabaseLeaseStore.create(knex);
      await leases.join('us');
      let now = new Date('2026-11-30T07:00:00.000Z');
      const store = DatabasePodSecurityStore.create(knex, () => now);
      const [one, two] = await Promise.all(
        ['one', 'two'].map(async name => {
          const { id } = await clusters.create({
            name,
            apiServer: 'https://k8s.example.com',
            caPem: 'the CA',
            connection: 'oidc',
            usernamePrefix: '',
            groupsPrefix: '',
          });
          const { token = 0 } = (await leases.acquire(id, 'us')) ?? {};
          return { clusterId: id, holder: 'us', token };
        }),
      );
      const wait = (namespace: string, level = 'baseline:latest') => ({
        namespace,
        level,
        warnings: ['web-0: hostNetwork'],
        since: now.toISOString(),
      });
      const by = 'user:default/ada';

      await store.replace(one, [wait('b'), wait('a')]);
      const first = await store.list(one.clusterId);
      expect(first).toEqual([wait('a'), wait('b')]);
      const level = 'baseline:latest';
      expect(
        await store.confirm(
          one.clusterId,
          { level, namespaces: ['a', 'x'] },
          by,
        ),
      ).toEqual(['a']);
      now = new Date(now.getTime() + MINUTE);
      await store.replace(one, [wait('a'), wait('b', 'restricted:latest')]);
      expect(await store.list(one.clusterId)).toEqual([
        { ...first[0], confirmedBy: by },
        wait('b', 'restricted:latest'),
      ]);
      await store.replace(one, [wait('a', 'restricted:latest')]);
      expect(await store.list(one.clusterId)).toEqual([
        wait('a', 'restricted:latest'),
      ]);
      expect(await store.list(two.clusterId)).toEqual([]);

      expect(await store.turn()).toBeUndefined();
      expect(await store.takeTurn(one)).toBeUndefined();
      expect(await store.takeTurn(two)).toBe('one');
      expect(await store.turn()).toEqual({
        clusterId: one.clusterId,
        seenAt: now.toISOString(),
      });
      now = new Date(now.getTime() + 9 * MINUTE);
      expect(await store.takeTurn(one)).toBeUndefined();
      now = new Date(now.getTime() + 9 * MINUTE);
      expect(await store.takeTurn(two)).toBe('one');
      now = new Date(now.getTime() + 2 * MINUTE);
      expect(await store.turn()).toBeUndefined();
      expect(await store.takeTurn(two)).toBeUndefined();
      await store.endTurn(one);
      expect(await store.takeTurn(one)).toBe('two');
      await store.endTurn(two);
      expect(await store.takeTurn(one)).toBeUndefined();

      const other = { ...one, token: one.token + 1 };
      await expect(store.replace(other, [])).rejects.toThrow();
      await clusters.delete(one.clusterId);
      expect(await store.takeTurn(two)).toBeUndefined();
    },
    60_000,
  );
});
