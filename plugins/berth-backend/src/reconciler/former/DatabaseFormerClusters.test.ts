import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { migrate } from '../../database/migrate';
import { KubeClient, KubeObject } from '../../kube';
import { DatabaseClusterStore } from '../../registry/DatabaseClusterStore';
import { ClusterProber } from '../../registry/probe/ClusterProber';
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

  it.each(databases.eachSupportedId())(
    'finds a registration that was deleted right after its first contact on %p',
    async id => {
      const knex = await databases.init(id);
      await migrate(knex);
      const clusters = DatabaseClusterStore.create(knex);
      const kubeSystem: KubeObject = {
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: { name: 'kube-system', uid: 'uid-1' },
      };
      const client: Partial<KubeClient> = {
        version: async () => ({ gitVersion: 'v1.33.1' }),
        get: async <T extends KubeObject>(): Promise<T | undefined> =>
          kubeSystem as T,
        async *list() {},
      };
      const prober = ClusterProber.create({
        clusters,
        connect: () => client as KubeClient,
        logger: mockServices.logger.mock(),
      });
      const cluster = await clusters.create({
        name: 'east',
        apiServer: 'https://east.example.com',
        caPem: 'the CA',
        connection: 'oidc',
        usernamePrefix: '',
        groupsPrefix: '',
      });

      await prober.probe(cluster.id);
      await clusters.delete(cluster.id);

      const formers = DatabaseFormerClusters.create(knex);
      expect(await formers.of({ kubeSystemUid: 'uid-1' })).toEqual([
        { id: cluster.id, name: 'east', deletedAt: expect.any(String) },
      ]);
    },
  );
});
