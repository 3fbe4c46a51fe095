import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import { ConflictError } from '@backstage/errors';
import { JsonObject, JsonValue } from '@backstage/types';
import { migrate } from '../../database/migrate';
import { AddressPolicy } from '../../kube';
import { TestAuthority } from '../../kube/__testUtils__/certificates';
import { ClusterRegistrar } from '../ClusterRegistrar';
import { DatabaseCredentialStore } from '../connection/DatabaseCredentialStore';
import { DatabaseClusterStore } from '../DatabaseClusterStore';
import { ClusterIdentity } from '../ClusterIdentity';
import { testCipher, testStrategies } from '../__testUtils__/testStrategies';
import { ConfiguredClusterSync } from './ConfiguredClusterSync';

jest.setTimeout(60_000);

/** A configuration that can change, like the backend's. */
class ChangingConfig {
  readonly #listeners = new Set<() => void>();
  clusters: JsonValue | undefined;

  constructor(clusters: JsonValue | undefined) {
    this.clusters = clusters;
  }

  readonly service = {
    ...mockServices.rootConfig(),
    getOptional: (key: string) =>
      new ConfigReader({ berth: { clusters: this.clusters } }).getOptional(key),
    subscribe: (listener: () => void) => {
      this.#listeners.add(listener);
      return { unsubscribe: () => this.#listeners.delete(listener) };
    },
  } as ReturnType<typeof mockServices.rootConfig>;

  change(clusters: JsonValue | undefined) {
    this.clusters = clusters;
    this.#listeners.forEach(listener => listener());
  }

  get listeners() {
    return this.#listeners.size;
  }
}

describe('ConfiguredClusterSync', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });
  let caData: string;

  beforeAll(async () => {
    caData = (await TestAuthority.create('ca')).pem;
  });

  const entry = (name: string, more: JsonObject = {}): JsonObject => ({
    name,
    apiServer: `https://${name}.example.com`,
    caData,
    ...more,
  });

  async function setUp(
    initial: JsonValue | undefined,
    databaseId: 'SQLITE_3' | 'POSTGRES_15' = 'SQLITE_3',
  ) {
    const knex = await databases.init(databaseId);
    await migrate(knex);
    const credentials = DatabaseCredentialStore.create(knex, testCipher());
    const clusters = DatabaseClusterStore.create(knex, credentials);
    const strategies = testStrategies();
    const assertSame = jest.fn(async () => {});
    const registrar = ClusterRegistrar.create({
      clusters,
      identity: { assertSame } as Partial<ClusterIdentity> as ClusterIdentity,
      strategies,
    });
    const config = new ChangingConfig(initial);
    const logger = mockServices.logger.mock();
    const changed = jest.fn();
    const open = () =>
      ConfiguredClusterSync.create({
        changes: { changed },
        clusters,
        config: config.service,
        credentials,
        logger,
        probes: { request: jest.fn() },
        registrar,
        rules: { policy: AddressPolicy.create(), proxy: true, strategies },
        retryMs: 20,
      });
    return {
      assertSame,
      changed,
      clusters,
      config,
      logger,
      open,
      registrar,
      sync: open(),
      names: async () => (await clusters.list()).map(({ name }) => name),
    };
  }

  it.each(databases.eachSupportedId())(
    'registers, changes and marks clusters as the list says on %s',
    async databaseId => {
      const { clusters, config, names, sync, changed } = await setUp(
        [
          entry('one', { title: 'One', labels: { tier: 'prod' } }),
          entry('two'),
        ],
        databaseId as 'SQLITE_3',
      );
      await expect(sync.sync()).resolves.toEqual([]);
      const before = await clusters.list();
      expect(before).toMatchObject([
        {
          name: 'one',
          title: 'One',
          owner: 'config',
          labels: { tier: 'prod' },
        },
        { name: 'two', owner: 'config' },
      ]);
      changed.mockClear();
      await expect(sync.sync()).resolves.toEqual([]);
      await expect(clusters.list()).resolves.toEqual(before);
      expect(changed).not.toHaveBeenCalled();

      config.clusters = [
        entry('one', { defaultStorageClass: 'fast', kubectlVia: 'portal' }),
      ];
      await expect(sync.sync()).resolves.toEqual([]);
      const [one, two] = await clusters.list();
      expect(one).toMatchObject({
        id: before[0].id,
        defaultStorageClass: 'fast',
        kubectlVia: 'portal',
      });
      expect(one).not.toHaveProperty('title');
      expect(one).not.toHaveProperty('labels');
      expect(one).not.toHaveProperty('configMissingSince');
      expect(two.configMissingSince).toMatch(/^\d{4}-/);

      config.clusters = [entry('one'), entry('two')];
      await sync.sync();
      await expect(names()).resolves.toEqual(['one', 'two']);
      expect(await clusters.get('two')).not.toHaveProperty(
        'configMissingSince',
      );
    },
  );

  it.each<[string, JsonValue | undefined]>([
    ['no list', undefined],
    ['an empty list', []],
    ['a list of nothing', [{}]],
    ['a text', 'none'],
    ['a broken entry', [{ name: 'one', apiServer: 'x' }]],
  ])('S38 deletes nothing for %s', async (_, broken) => {
    const { clusters, config, sync } = await setUp([entry('one')]);
    await sync.sync();
    const before = await clusters.get('one');
    config.clusters = broken;
    await sync.sync();
    const { configMissingSince: _since, ...after } =
      (await clusters.get('one')) ?? {};
    expect(after).toEqual(before);
  });

  it('marks nothing while the list cannot be read', async () => {
    const { clusters, config, sync } = await setUp([entry('one')]);
    await sync.sync();
    for (const broken of [
      'none',
      [{ title: 'nameless' }],
      [entry('one', { title: 7 })],
    ]) {
      config.clusters = broken;
      await expect(sync.sync()).resolves.toHaveLength(1);
      expect(await clusters.get('one')).not.toHaveProperty(
        'configMissingSince',
      );
    }
  });

  it('names an invalid entry and its rule, and applies the others', async () => {
    const { names, registrar, sync, clusters } = await setUp([
      entry('bad', { apiServer: 'http://bad' }),
      entry('good'),
      entry('good', { title: 'again' }),
      entry('Prod 01', { apiServer: 'https://prod01.example.com' }),
      entry('taken'),
      { title: 'nameless' },
      entry('account', { connection: 'serviceAccount' }),
    ]);
    await registrar.create({
      settings: {
        name: 'taken',
        apiServer: 'https://elsewhere.example.com',
        caPem: caData,
        connection: 'oidc',
        usernamePrefix: '',
        groupsPrefix: '',
      },
    });
    const problems = await sync.sync();
    expect(problems).toEqual([
      expect.stringMatching(
        /^berth\.clusters\[0\] \("bad"\): apiServer .*https/,
      ),
      expect.stringMatching(
        /^berth\.clusters\[2\] has the name "good" of an earlier/,
      ),
      expect.stringMatching(
        /^berth\.clusters\[3\] .*name "Prod 01" must be lower.*"prod01"/,
      ),
      expect.stringMatching(/^berth\.clusters\[5\]: name is missing/),
      expect.stringMatching(
        /^berth\.clusters\[6\] \("account"\): credential\.token is/,
      ),
      expect.stringMatching(
        /^berth\.clusters, "taken": .*registered in the portal/,
      ),
    ]);
    await expect(names()).resolves.toEqual(['good', 'taken']);
    await expect(clusters.get('taken')).resolves.toMatchObject({
      owner: 'api',
      apiServer: 'https://elsewhere.example.com',
    });
  });

  it('S25 moves a cluster only when it is known to be the same, and retries', async () => {
    const { assertSame, clusters, config, logger, sync } = await setUp([
      entry('one'),
    ]);
    sync.start();
    await until(async () => (await clusters.list()).length === 1);
    assertSame.mockRejectedValueOnce(new ConflictError('It does not answer'));
    assertSame.mockRejectedValueOnce(new ConflictError('It does not answer'));
    config.change([entry('one', { apiServer: 'https://new.example.com' })]);
    await until(
      async () =>
        (await clusters.get('one'))?.apiServer === 'https://new.example.com',
    );
    expect(assertSame).toHaveBeenCalledTimes(3);
    expect(logger.error.mock.calls).toEqual([
      ['berth.clusters, "one": It does not answer'],
    ]);
    await sync.stop();
    expect(config.listeners).toBe(0);
  });

  it('lets several replicas start at the same time', async () => {
    const { names, open } = await setUp(['a', 'b', 'c'].map(one => entry(one)));
    const replicas = Array.from({ length: 4 }, open);
    await Promise.all(replicas.map(one => one.sync()));
    const problems = await Promise.all(replicas.map(one => one.sync()));
    expect(problems.flat()).toEqual([]);
    await expect(names()).resolves.toEqual(['a', 'b', 'c']);
  });
});

async function until(done: () => Promise<boolean>) {
  for (let attempt = 0; attempt < 2_000; attempt++) {
    if (await done()) {
      return;
    }
    await new Promise(resolve => setTimeout(resolve, 20));
  }
  throw new Error('The condition was not met in time');
}
