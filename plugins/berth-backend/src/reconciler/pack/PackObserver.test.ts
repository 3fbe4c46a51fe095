import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { KubeError } from '@berth/plugin-berth-node';
import { migrate } from '../../database/migrate';
import { KubeKey, KubeResource } from '../../kube';
import { packObjects } from '../../policyPack';
import { DatabaseClusterStore } from '../../registry/DatabaseClusterStore';
import { ClusterRecord } from '../../model/clusters';
import { DatabasePackStore } from './DatabasePackStore';
import { PackObserver } from './PackObserver';

const NAME = 'identity.berth.dev';
const OBJECTS = packObjects('v1.33.0').map(({ object }) => object);
const ALL = Object.fromEntries(
  OBJECTS.map(({ metadata }) => [metadata.name, 'current']),
);

describe('PackObserver', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

  it.each(databases.eachSupportedId())(
    'P20 notices a changed, a missing and an unreadable policy, and that it is back, in %s',
    async databaseId => {
      const knex = await databases.init(databaseId);
      await migrate(knex);
      const cluster = await DatabaseClusterStore.create(knex).create({
        name: 'one',
        apiServer: 'https://k8s.example.com',
        caPem: 'the CA',
        connection: 'oidc',
        usernamePrefix: '',
        groupsPrefix: '',
      });
      const store = DatabasePackStore.create(knex);
      const stored = ({ kind }: KubeResource, { name }: KubeKey) =>
        OBJECTS.find(one => one.kind === kind && one.metadata.name === name);
      let answer: (...asked: Parameters<typeof stored>) => object | undefined =
        stored;
      let changed: (clusterId: string) => void = () => {};
      const nextChange = () =>
        new Promise<string>(resolve => {
          changed = resolve;
        });
      const inner = {
        observe: jest.fn(async () => ({
          objects: new Map(),
          failures: new Map(),
        })),
        release: jest.fn(),
        stop: jest.fn(async () => {}),
      };
      let needed = true;
      const observer = new PackObserver({
        observer: inner,
        isNeeded: () => needed,
        store,
        onChange: id => changed(id),
        logger: mockServices.logger.mock(),
        pollMs: 5,
      });
      const get = jest.fn(async (...asked: Parameters<typeof stored>) =>
        answer(...asked),
      );
      const version = async () => ({ gitVersion: 'v1.33.0' });
      const observe = () =>
        observer.observe({
          cluster: cluster as ClusterRecord,
          client: { get, version } as never,
          keys: [],
          wanted: [],
          inventory: [],
          signal: AbortSignal.timeout(60_000),
        });
      // Another replica left this when the cluster stopped to answer.
      await store.set(cluster.id, { [NAME]: 'missing' });
      const states = async (next: typeof answer) => {
        const change = nextChange();
        answer = next;
        expect(await change).toBe(cluster.id);
        return store.get(cluster.id);
      };

      const first = nextChange();
      await observe();
      await observe();
      await first;
      expect(await store.get(cluster.id)).toEqual(ALL);
      expect(
        await states((resource, key) => {
          const object = stored(resource, key);
          return object && resource.kind === 'ValidatingAdmissionPolicyBinding'
            ? { ...object, spec: { ...object.spec, validationActions: [] } }
            : object;
        }),
      ).toMatchObject({ [NAME]: 'changed' });
      expect(
        await states((resource, key) =>
          key.name === NAME ? undefined : stored(resource, key),
        ),
      ).toEqual({ ...ALL, [NAME]: 'missing' });
      expect(
        await states(() => {
          throw new KubeError('TCP', 'no answer');
        }),
      ).toBeUndefined();
      expect(await states(stored)).toEqual(ALL);
      expect(
        await states(() => {
          throw new KubeError('Forbidden', 'no');
        }),
      ).toMatchObject({ [NAME]: 'missing' });

      needed = false;
      await observe();
      observer.release(cluster.id);
      await observer.stop();
      const calls = get.mock.calls.length;
      expect(inner.observe).toHaveBeenCalledTimes(3);
      expect(inner.release).toHaveBeenCalledWith(cluster.id);
      expect(get).toHaveBeenCalledTimes(calls);
    },
  );
});
