import { TestDatabases } from '@backstage/backend-test-utils';
import { migrate } from '../../database/migrate';
import { DatabaseClusterStore } from '../../registry/DatabaseClusterStore';
import { DatabaseFormerClusters } from './DatabaseFormerClusters';

jest.setTimeout(60_000);

describe('DatabaseFormerClusters', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

  it.each(databases.eachSupportedId())(
    'finds the deleted registrations of the same cluster on %p',
    async id => {
      const knex = await databases.init(id);
      await migrate(knex);
      const clusters = DatabaseClusterStore.create(knex);
      const formers = DatabaseFormerClusters.create(knex);
      const register = async (name: string, kubeSystemUid?: string) => {
        const cluster = await clusters.create({
          name,
          apiServer: `https://${name}.example.com`,
          caPem: 'the CA',
          connection: 'oidc',
          usernamePrefix: '',
          groupsPrefix: '',
        });
        if (kubeSystemUid) {
          await clusters.pin(cluster.id, kubeSystemUid);
        }
        return cluster;
      };
      const east = await register('east', 'uid-1');
      const other = await register('other', 'uid-2');
      const unseen = await register('unseen');
      const current = { kubeSystemUid: 'uid-1' };
      expect(await formers.of(current)).toEqual([]);

      for (const cluster of [east, other, unseen]) {
        await clusters.delete(cluster.id);
      }
      expect(await formers.of(current)).toEqual([
        { id: east.id, name: 'east', deletedAt: expect.any(String) },
      ]);
      expect(await formers.of({})).toEqual([]);
    },
  );
});
