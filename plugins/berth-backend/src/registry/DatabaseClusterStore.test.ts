import { TestDatabases } from '@backstage/backend-test-utils';
import { ConflictError, NotFoundError } from '@backstage/errors';
import { ClusterDefaults } from '@berth/plugin-berth-common';
import { migrate } from '../database/migrate';
import { DatabaseClusterStore } from './DatabaseClusterStore';
import { ClusterSettings } from '../model/clusters';

const settings: ClusterSettings = {
  name: 'prod01',
  title: 'Production',
  apiServer: 'https://prod01.example.com:6443',
  caPem: 'the CA',
  connection: 'oidc',
  usernamePrefix: '',
  groupsPrefix: 'oidc:',
};

describe('DatabaseClusterStore', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

  describe.each(databases.eachSupportedId())('%s', databaseId => {
    async function setUp() {
      const knex = await databases.init(databaseId);
      await migrate(knex);
      return { knex, clusters: DatabaseClusterStore.create(knex) };
    }

    it('creates, reads, lists, updates and deletes', async () => {
      const { clusters } = await setUp();
      const created = await clusters.create(settings);
      expect(created).toEqual({
        ...settings,
        kubectlVia: 'direct',
        id: expect.stringMatching(/^[0-9A-HJKMNP-TV-Z]{26}$/),
        owner: 'api',
        revision: 1,
        status: { state: 'Pending', since: created.createdAt },
        createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
        updatedAt: created.createdAt,
      });
      const other = await clusters.create({ ...settings, name: 'dev' });

      await expect(clusters.get('prod01')).resolves.toEqual(created);
      await expect(clusters.getById(created.id)).resolves.toEqual(created);
      await expect(clusters.list()).resolves.toEqual([other, created]);

      const updated = await clusters.update(created.id, {
        title: '',
        caPem: 'another CA',
        kubectlVia: 'portal',
      });
      expect(updated).toEqual({
        ...created,
        title: undefined,
        caPem: 'another CA',
        kubectlVia: 'portal',
        revision: 2,
        updatedAt: expect.any(String),
      });
      await expect(clusters.get('prod01')).resolves.toEqual(updated);

      await clusters.delete(created.id);
      await expect(clusters.get('prod01')).resolves.toBeUndefined();
      await expect(clusters.getById(created.id)).resolves.toBeUndefined();
      await expect(clusters.update(created.id, {})).rejects.toThrow(
        NotFoundError,
      );
    });

    it('stores the settings next to the address, and removes empty ones', async () => {
      const { clusters } = await setUp();
      const defaults: ClusterDefaults = {
        namespacePrefix: 'user-',
        defaultStorageClass: 'fast',
        ingress: { className: 'nginx', useDefaultCertificate: true },
        nodePlacement: { tolerations: [{ operator: 'Exists' }] },
        labels: { 'example.com/zone': 'a' },
        links: [{ title: 'Console', url: 'https://console.example.com' }],
      };
      const { id, ...created } = await clusters.create({
        ...settings,
        ...defaults,
        owner: 'config',
      });
      expect(created).toMatchObject({ ...defaults, owner: 'config' });

      const kept = await clusters.update(id, { title: 'New' });
      expect(kept).toMatchObject(defaults);
      const emptied = await clusters.update(id, {
        namespacePrefix: '',
        defaultStorageClass: '',
        ingress: {},
        nodePlacement: {},
        labels: {},
        links: [],
      });
      for (const field of Object.keys(defaults)) {
        expect(emptied).not.toHaveProperty(field);
      }
    });

    it('lets one of many concurrent changes to one revision win', async () => {
      const { clusters } = await setUp();
      const { id, revision } = await clusters.create(settings);
      const results = await Promise.allSettled(
        Array.from({ length: 8 }, (_, index) =>
          clusters.update(id, { title: `${index}` }, revision),
        ),
      );
      const failures = results.flatMap(result =>
        result.status === 'rejected' ? [result.reason] : [],
      );
      expect(failures).toHaveLength(7);
      expect(failures[0]).toMatchObject({
        name: 'PreconditionFailedError',
        statusCode: 412,
        message:
          'The cluster "prod01" was changed by someone else since you looked, so nothing was saved. Look at it again and repeat your change',
      });
      await expect(clusters.getById(id)).resolves.toMatchObject({
        revision: revision + 1,
      });
    });

    it('keeps the status apart from the settings', async () => {
      const { clusters } = await setUp();
      const { id } = await clusters.create(settings);
      const status = { state: 'Connected', nodes: 3, cpu: '12' } as const;
      await clusters.setStatus(id, status);
      await clusters.update(id, { title: 'New' });
      await expect(clusters.getById(id)).resolves.toMatchObject({
        title: 'New',
        status,
      });
    });

    it('S25 pins a cluster once', async () => {
      const { clusters } = await setUp();
      const { id, revision } = await clusters.create(settings);
      await clusters.pin(id, 'uid-1');
      await clusters.pin(id, 'uid-2');
      await expect(clusters.getById(id)).resolves.toMatchObject({
        kubeSystemUid: 'uid-1',
        revision,
      });
    });

    it('records since when the configuration lacks the cluster', async () => {
      const { clusters } = await setUp();
      const { id } = await clusters.create({ ...settings, owner: 'config' });
      await clusters.setConfigMissing(id, true);
      const first = await clusters.getById(id);
      expect(first?.configMissingSince).toMatch(/^\d{4}-/);
      await new Promise(resolve => setTimeout(resolve, 5));
      await clusters.setConfigMissing(id, true);
      await expect(clusters.getById(id)).resolves.toEqual(first);
      await clusters.setConfigMissing(id, false);
      expect(await clusters.getById(id)).not.toHaveProperty(
        'configMissingSince',
      );
    });

    it('refuses a taken name and names it', async () => {
      const { clusters } = await setUp();
      await clusters.create(settings);
      await expect(clusters.create(settings)).rejects.toThrow(
        new ConflictError(
          'name "prod01" is taken: there is a cluster of that name. Choose another name',
        ),
      );
    });

    it('never reuses an id', async () => {
      const { clusters } = await setUp();
      const first = await clusters.create(settings);
      await clusters.delete(first.id);
      const second = await clusters.create(settings);
      expect(second.id).not.toBe(first.id);
    });

    it('lets one of many concurrent creates win', async () => {
      const { clusters } = await setUp();
      const results = await Promise.allSettled(
        Array.from({ length: 10 }, () => clusters.create(settings)),
      );
      const failures = results.flatMap(result =>
        result.status === 'rejected' ? [result.reason] : [],
      );
      expect(failures).toHaveLength(9);
      expect(failures.every(error => error instanceof ConflictError)).toBe(
        true,
      );
      await expect(clusters.list()).resolves.toHaveLength(1);
    });
  });
});
