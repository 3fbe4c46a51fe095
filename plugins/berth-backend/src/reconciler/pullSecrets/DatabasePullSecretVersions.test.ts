import { TestDatabases } from '@backstage/backend-test-utils';
import { migrate } from '../../database/migrate';
import { DatabaseClusterStore } from '../../registry/DatabaseClusterStore';
import { DatabaseLeaseStore } from '../leases/DatabaseLeaseStore';
import { DatabasePullSecretVersions } from './DatabasePullSecretVersions';

describe('DatabasePullSecretVersions', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

  it.each(databases.eachSupportedId())(
    'P14 keeps the last version of each Secret, by the replica that has the cluster, in %s',
    async databaseId => {
      const knex = await databases.init(databaseId);
      await migrate(knex);
      const clusters = DatabaseClusterStore.create(knex);
      const leases = DatabaseLeaseStore.create(knex);
      await leases.join('us');
      const { id } = await clusters.create({
        name: 'one',
        apiServer: 'https://k8s.example.com',
        caPem: 'the CA',
        connection: 'oidc',
        usernamePrefix: '',
        groupsPrefix: '',
      });
      const { token = 0 } = (await leases.acquire(id, 'us')) ?? {};
      const lease = { clusterId: id, holder: 'us', token };
      const versions = DatabasePullSecretVersions.create(
        knex,
        () => new Date('2026-11-30T10:00:00.000Z'),
      );
      const first = {
        namespace: 'team-a',
        name: 'berth-pull-harbor',
        namespaceUid: 'uid-1',
        version: 'v1',
        writtenAt: '2026-11-30T10:00:00.000Z',
      };
      const other = { ...first, namespace: 'team-b' };
      await versions.record(lease, first);
      await versions.record(lease, other);
      const second = { ...first, namespaceUid: 'uid-2', version: 'v2' };
      await versions.record(lease, second);
      expect(await versions.list(id)).toHaveLength(2);
      expect(await versions.list(id)).toEqual(
        expect.arrayContaining([second, other]),
      );
      const stale = { ...lease, token: token + 1 };
      await expect(versions.record(stale, first)).rejects.toThrow();
      await expect(versions.forget(stale, first)).rejects.toThrow();
      await versions.forget(lease, first);
      expect(await versions.list(id)).toEqual([other]);
      await clusters.delete(id);
      expect(await versions.list(id)).toEqual([]);
    },
    60_000,
  );
});
