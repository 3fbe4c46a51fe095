import { TestDatabases } from '@backstage/backend-test-utils';
import { migrate } from '../../database/migrate';
import { NAMESPACES } from '../../kube';
import { DatabaseClusterStore } from '../../registry/DatabaseClusterStore';
import { FakeCluster } from '../../../__testUtils__/FakeCluster';
import { confirmRebuilt } from './confirmRebuilt';

jest.setTimeout(60_000);

describe('confirmRebuilt', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

  it.each(databases.eachSupportedId())(
    'S25 pins the new UID and forgets what was made before on %p',
    async databaseId => {
      const knex = await databases.init(databaseId);
      await migrate(knex);
      const clusters = DatabaseClusterStore.create(knex);
      const { id } = await clusters.create({
        name: 'east',
        apiServer: 'https://east.example.com',
        caPem: 'the CA',
        connection: 'oidc',
        usernamePrefix: '',
        groupsPrefix: '',
      });
      await knex('inventory').insert({
        cluster_id: id,
        kind: 'Namespace',
        namespace: '',
        name: 'team-a',
        uid: 'uid-of-team-a',
        created_at: new Date().toISOString(),
      });
      const client = new FakeCluster();
      client.put(NAMESPACES, {
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: { name: 'kube-system', uid: 'uid-2' },
      });
      const confirm = async (seen: string) =>
        confirmRebuilt(knex, client, (await clusters.getById(id))!, seen);

      await expect(confirm('uid-2')).rejects.toThrow(
        'not recorded the UID of kube-system on east yet, so there is nothing to confirm',
      );
      expect(await knex('inventory')).toHaveLength(1);

      await clusters.pin(id, 'uid-1');
      await expect(confirm('uid-3')).rejects.toThrow(
        'kubeSystemUid "uid-3" is not the UID of kube-system at the address of east, which is uid-2 now',
      );
      expect(await knex('inventory')).toHaveLength(1);

      await confirm('uid-2');
      expect(await clusters.getById(id)).toMatchObject({
        kubeSystemUid: 'uid-2',
      });
      expect(await knex('inventory')).toEqual([]);
      await expect(confirm('uid-2')).rejects.toThrow('nothing to confirm');
    },
  );
});
