import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { Knex } from 'knex';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KeyCipher } from '../../crypto/KeyCipher';
import { migrate } from '../../database/migrate';
import { pagingOf } from '../../validation/pageCursor';
import { anArchive, chartEntries } from './__testUtils__/anArchive';
import { ArchiveCache, digestOf } from './ArchiveCache';
import { ChartError } from './ChartError';
import { ChartFiles } from './ChartFiles';
import { DatabaseChartStore } from './DatabaseChartStore';
import { IndexSource } from './IndexSource';
import { Signatures } from './provenance';
import { RepositoryBook } from './RepositoryBook';
import { Fetched } from './RepositoryClient';
import { RepositoryRefresher } from './RepositoryRefresher';
import { Conditions, RepositorySettings } from './types';

jest.setTimeout(60_000);

const SHOP: RepositorySettings = {
  name: 'shop',
  url: 'https://charts.example.com/shop/',
};
const LAB: RepositorySettings = { ...SHOP, name: 'lab' };
/** Of a caller who stays. */
const SIGNAL = new AbortController().signal;

/** Answers with the settings and the place that it got. */
const registries = {
  digestOf: async () => undefined,
  archive: async (...call: unknown[]) => Buffer.from(JSON.stringify(call)),
  provenance: async (...call: unknown[]) => Buffer.from(JSON.stringify(call)),
};

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

/** A repository that answers from memory. */
class FakeRepository {
  readonly calls: string[] = [];
  readonly conditions: Conditions[] = [];
  readonly files = new Map<string, Buffer | Error>();
  /** Answers come after this. */
  hold?: Promise<void>;

  async get(
    _: RepositorySettings,
    url: URL,
    __: object,
    conditions: Conditions = {},
  ): Promise<Fetched> {
    this.calls.push(url.href);
    this.conditions.push(conditions);
    await this.hold;
    const bytes = this.files.get(url.pathname);
    if (bytes instanceof Error) {
      throw bytes;
    }
    if (!bytes) {
      throw new ChartError('charts.example.com does not have this (404)');
    }
    const etag = `"${digestOf(bytes)}"`;
    return conditions.etag === etag ? {} : { bytes, etag };
  }

  index(entries: Record<string, object[]>) {
    const text = JSON.stringify({ entries });
    this.files.set('/shop/index.yaml', Buffer.from(text));
  }
}

const entry = (version: string, more: object = {}) => ({
  version,
  urls: [`web-${version}.tgz`],
  ...more,
});

describe.each(databases.eachSupportedId())('charts on %p', id => {
  let knex: Knex;
  let store: DatabaseChartStore;
  let repository: FakeRepository;
  let refresher: RepositoryRefresher;

  const open = (configured: RepositorySettings[]) =>
    RepositoryBook.open({
      knex,
      cipher: KeyCipher.fromSecrets({
        secrets: ['a secret of at least thirty-two characters'],
        production: false,
      }),
      configured,
      httpOnLoopback: false,
    });
  const page = (limit = 50, cursor?: string) =>
    pagingOf('test', { limit, ...(cursor && { cursor }) });
  const names = async (filter: Parameters<typeof store.list>[0] = {}) => {
    const { items } = await store.list(filter, page().page);
    return items.map(({ name }) => name);
  };

  beforeAll(async () => {
    knex = await databases.init(id);
    await migrate(knex);
  });

  beforeEach(async () => {
    await knex('helm_repositories').delete();
    store = DatabaseChartStore.create(knex);
    await open([SHOP]);
    repository = new FakeRepository();
    refresher = new RepositoryRefresher({
      logger: mockServices.logger.mock(),
      sourceOf: () => new IndexSource(repository, 1_000_000, registries),
      store,
    });
  });

  it('searches for words with characters that no database stores', async () => {
    repository.index({ web: [entry('1.0.0')] });
    await refresher.refresh(SHOP);
    expect(await names({ search: 'w\0x' })).toEqual([]);
    expect(await names({ search: '\0web\u0007' })).toEqual(['web']);
  });

  it('stores the charts of an index and asks only for changes afterwards', async () => {
    expect(await store.repositories()).toEqual([
      {
        name: 'shop',
        url: SHOP.url,
        source: 'Configuration',
        hasCredential: false,
        hasCa: false,
        hasKeyring: false,
        state: 'Pending',
        charts: 0,
        versions: 0,
      },
    ]);
    repository.index({
      web: [
        entry('1.0.0', { deprecated: true }),
        entry('1.1.0', {
          description: 'Serves pages',
          keywords: ['http'],
          appVersion: '2.0',
          home: 'https://example.com',
        }),
      ],
      cache: [entry('2.0.0')],
    });
    await refresher.refresh(SHOP);
    expect(await store.repository('shop')).toMatchObject({
      state: 'Ready',
      charts: 2,
      versions: 3,
      refreshedAt: expect.stringMatching(/^20/),
    });
    expect(await names()).toEqual(['cache', 'web']);
    expect(await store.chart('shop', 'web')).toEqual({
      repository: 'shop',
      name: 'web',
      version: '1.1.0',
      appVersion: '2.0',
      description: 'Serves pages',
      keywords: ['http'],
      deprecated: false,
      versions: 2,
      home: 'https://example.com',
      sources: [],
      refreshedAt: expect.any(String),
    });
    const { items } = await store.versions('shop', 'web', page().page);
    expect(items).toEqual([
      {
        version: '1.1.0',
        appVersion: '2.0',
        deprecated: false,
        prerelease: false,
      },
      { version: '1.0.0', deprecated: true, prerelease: false },
    ]);

    await refresher.refresh(SHOP);
    expect(repository.conditions[1].etag).toBeDefined();
    expect(await names()).toEqual(['cache', 'web']);

    repository.index({ web: [entry('3.0.0')] });
    await refresher.refresh(SHOP);
    expect(await names()).toEqual(['web']);
    expect(await store.version('shop', 'web', '1.1.0')).toBeUndefined();

    // Other settings need the whole index again.
    const narrowed = { ...SHOP, charts: ['cache'] };
    await open([narrowed]);
    await refresher.refresh(narrowed);
    expect(repository.conditions.at(-1)).toEqual({});
    expect(await names()).toEqual([]);
  });

  it('shows the charts that a registry has, and names the one that it does not have', async () => {
    const read = jest.fn();
    const partly = new RepositoryRefresher({
      logger: mockServices.logger.mock(),
      sourceOf: () => ({ ...registries, read }),
      store,
    });
    const problem = 'The chart none: it does not have this (404)';
    const charts = (async function* all() {
      const version = {
        version: '1.0.0',
        url: 'x',
        deprecated: false,
        prerelease: false,
      };
      yield [
        {
          name: 'web',
          latest: version,
          sources: [],
          keywords: [],
          versions: [version],
        },
      ];
    })();
    read.mockResolvedValueOnce({ charts, etag: 'x', problem });
    read.mockResolvedValueOnce({ problem });
    for (const _ of [1, 2]) {
      await partly.refresh(SHOP);
      expect(await names()).toEqual(['web']);
      expect(await store.repository('shop')).toMatchObject({
        state: 'Failed',
        charts: 1,
        problem: { message: problem },
        refreshedAt: expect.stringMatching(/^20/),
      });
    }
    read.mockResolvedValueOnce({});
    await partly.refresh(SHOP);
    expect(await store.repository('shop')).toMatchObject({ state: 'Ready' });
  });

  it('keeps the charts of the last success when a repository fails', async () => {
    repository.index({ web: [entry('1.0.0')] });
    await refresher.refresh(SHOP);
    repository.files.set('/shop/index.yaml', Buffer.from('<html>'));
    await refresher.refresh(SHOP);
    expect(await store.repository('shop')).toMatchObject({
      state: 'Failed',
      charts: 1,
      problem: {
        message: expect.stringContaining('The index.yaml cannot be read'),
      },
    });
    expect(await names()).toEqual(['web']);
    repository.index({ web: [entry('1.0.0'), entry('1.0.1')] });
    await refresher.refresh(SHOP);
    expect(await store.repository('shop')).toMatchObject({ state: 'Ready' });
  });

  it('shares one attempt between calls at the same time', async () => {
    repository.index({ web: [entry('1.0.0')] });
    await Promise.all([1, 2, 3].map(() => refresher.refresh(SHOP)));
    expect(repository.calls).toHaveLength(1);
  });

  it('two replicas can refresh at the same time', async () => {
    repository.index({ web: [entry('1.0.0')], cache: [entry('1.0.0')] });
    const other = new RepositoryRefresher({
      sourceOf: () => new IndexSource(repository, 1_000_000, registries),
      logger: mockServices.logger.mock(),
      store,
    });
    await Promise.all([refresher.refresh(SHOP), other.refresh(SHOP)]);
    expect(await names()).toEqual(['cache', 'web']);
  });

  it('searches all words in names, descriptions and keywords', async () => {
    repository.index({
      web: [entry('1.0.0', { description: 'Serves 100% of Pages' })],
      cache: [entry('1.0.0', { keywords: ['pages_in_memory'] })],
    });
    await open([SHOP, LAB]);
    await refresher.refresh(SHOP);
    await refresher.refresh(LAB);
    expect(await names({ search: 'PAGES' })).toHaveLength(4);
    expect(await names({ search: 'pages serves' })).toEqual(['web', 'web']);
    expect(await names({ search: '100%' })).toHaveLength(2);
    expect(await names({ search: '%' })).toHaveLength(2);
    expect(await names({ search: 's_in' })).toEqual(['cache', 'cache']);
    expect(await names({ search: 'web', repository: ['lab'] })).toEqual([
      'web',
    ]);
    expect(await names({ search: `'` })).toEqual([]);
  });

  it('finds charts by their whole names', async () => {
    repository.index({ web: [entry('1.0.0')], website: [entry('1.0.0')] });
    await refresher.refresh(SHOP);
    expect(await names({ name: ['web', 'none'] })).toEqual(['web']);
    expect(await names({ name: ['web'], repository: ['lab'] })).toEqual([]);
  });

  it('pages charts and versions', async () => {
    repository.index({
      web: Array.from({ length: 12 }, (_, patch) => entry(`1.0.${patch}`)),
      ...Object.fromEntries(
        Array.from({ length: 4 }, (_, index) => [
          `chart${index}`,
          [entry('1.0.0')],
        ]),
      ),
    });
    await refresher.refresh(SHOP);
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const { page: request, present } = page(2, cursor);
      const found = await store.list({}, request);
      seen.push(...found.items.map(({ name }) => name));
      expect(found.totalItems).toBe(5);
      cursor = present(found, found.items).next;
    } while (cursor);
    expect(seen).toEqual(['chart0', 'chart1', 'chart2', 'chart3', 'web']);
    const first = await store.versions('shop', 'web', page(10).page);
    expect(first.items.map(({ version }) => version)[9]).toBe('1.0.2');
    expect(first.totalItems).toBe(12);
  });

  it('removes repositories that the configuration no longer has, with their charts', async () => {
    repository.index({ web: [entry('1.0.0')] });
    await refresher.refresh(SHOP);
    await open([LAB]);
    expect(await names()).toEqual([]);
    expect((await store.repositories()).map(({ name }) => name)).toEqual([
      'lab',
    ]);
    await open([]);
    expect(await store.repositories()).toEqual([]);
  });

  describe('files', () => {
    let files: ChartFiles;
    let archives: ArchiveCache;
    const address = { repository: SHOP, chart: 'web', version: '1.0.0' };

    beforeEach(async () => {
      archives = new ArchiveCache();
      files = new ChartFiles({
        archives,
        signatures: new Signatures(undefined),
        sourceOf: () => new IndexSource(repository, 1_000_000, registries),
        store,
      });
    });

    afterEach(() => archives.close());

    const serve = async (archive: Buffer, digest?: string) => {
      repository.files.set('/shop/web-1.0.0.tgz', archive);
      repository.index({
        web: [entry('1.0.0', { ...(digest && { digest }) })],
      });
      await refresher.refresh(SHOP);
      repository.calls.length = 0;
    };

    it('are read from the archive once', async () => {
      const archive = await anArchive(
        chartEntries('web', { 'README.md': '# Web' }),
      );
      const digest = digestOf(archive);
      await serve(archive, digest);
      expect(await files.file(address, 'readme', SIGNAL)).toEqual({
        digest,
        text: '# Web',
      });
      expect(await files.file(address, 'values', SIGNAL)).toEqual({
        digest,
        text: 'replicas: 1\n',
      });
      expect(await files.file(address, 'schema', SIGNAL)).toEqual({ digest });
      expect(repository.calls).toEqual([
        'https://charts.example.com/shop/web-1.0.0.tgz',
      ]);
      await expect(
        files.file({ ...address, version: '9.9.9' }, 'readme', SIGNAL),
      ).rejects.toThrow('has no version "9.9.9" of the chart "web"');
    });

    it('H9 are fetched once for all who read them at the same time', async () => {
      // The index has no digest, so that the cache does not know the archive.
      await serve(await anArchive(chartEntries()));
      let missing = 20;
      let release = () => {};
      repository.hold = new Promise(resolve => {
        release = resolve;
      });
      const shared = new ChartFiles({
        archives,
        signatures: new Signatures(undefined),
        sourceOf: () => new IndexSource(repository, 1_000_000, registries),
        store: {
          version: async (...version) => {
            const place = await store.version(...version);
            missing -= 1;
            if (missing === 0) {
              setImmediate(release);
            }
            return place;
          },
        },
      });
      await Promise.all(
        Array.from({ length: missing }, () =>
          shared.file(address, 'values', SIGNAL),
        ),
      );
      expect(repository.calls).toEqual([
        'https://charts.example.com/shop/web-1.0.0.tgz',
      ]);
    });

    it('H11 refuses an archive with another digest than the index lists', async () => {
      await serve(await anArchive(chartEntries()), 'ab'.repeat(32));
      await expect(files.file(address, 'values', SIGNAL)).rejects.toThrow(
        `but the index of the repository lists ${'ab'.repeat(32)}`,
      );
    });

    it('are not read of a chart that the repository does not show', async () => {
      await serve(await anArchive(chartEntries()));
      const read = (...charts: string[]) =>
        files.file(
          { ...address, repository: { ...SHOP, charts } },
          'values',
          SIGNAL,
        );
      await expect(read('api', 'web-*')).rejects.toThrow(
        'has no version "1.0.0" of the chart "web"',
      );
      await expect(read('w*')).resolves.toBeDefined();
    });

    it('H6 refuses the archive of another chart', async () => {
      await serve(await anArchive(chartEntries('other')));
      await expect(files.file(address, 'values', SIGNAL)).rejects.toThrow(
        'holds the chart "other"',
      );
    });

    it('H6 gives helm no archive of another version than the index lists', async () => {
      await serve(await anArchive(chartEntries()));
      await expect(files.chart(address, SIGNAL)).rejects.toThrow(
        'holds the version "1.2.3", but the index of the repository lists "1.0.0"',
      );
    });
  });
});

describe('IndexSource', () => {
  const source = new IndexSource(new FakeRepository(), 1_000_000, registries);
  const settings: RepositorySettings = {
    ...SHOP,
    credential: { username: 'reader', password: 'planted' },
    caPem: 'planted',
    keyring: 'planted',
  };
  const callFor = async (url: string) =>
    JSON.parse((await source.archive(settings, 'web', { url })).toString());

  it.each([
    ['oci://registry.example.com/shop/web:1.2.3', 'web', '1.2.3'],
    [
      'oci://registry.example.com:5000/a/b/shop-web:1.0.0+x',
      'shop-web',
      '1.0.0_x',
    ],
    ['oci://charts.example.com:8443/shop/web:1.2.3', 'web', '1.2.3'],
  ])(
    'H11 reads %s in the registry, without the credential',
    async (url, chart, tag) => {
      const folder = url.slice(0, url.lastIndexOf('/') + 1);
      expect(await callFor(url)).toEqual([
        { name: 'shop', url: folder },
        chart,
        expect.objectContaining({ url: tag }),
      ]);
      expect(
        String(await source.provenance(settings, 'web', { url })),
      ).not.toContain('planted');
    },
  );

  it('reads an artifact of its own host with the credential', async () => {
    const url = 'oci://charts.example.com/shop/web:1.2.3';
    expect(await callFor(url)).toMatchObject([
      { ...settings, url: 'oci://charts.example.com/shop/' },
      'web',
      { url: '1.2.3' },
    ]);
  });

  it.each([
    'oci://registry.example.com/shop/web',
    'oci://reader:planted@registry.example.com/shop/web:1',
    'oci://registry.example.com/shop/../web:1',
    'oci://registry.example.com/shop/web:1?x',
    'oci://registry.example.com/shop/web:1/../2',
    'oci:///web:1',
  ])('H11 refuses the address %s', async url => {
    await expect(callFor(url)).rejects.toThrow(
      'is not like oci://HOST/PATH/CHART:VERSION',
    );
  });
});

describe('ArchiveCache', () => {
  it('keeps as many bytes as it may, and returns nothing that has another digest', async () => {
    const cache = new ArchiveCache(25);
    const [one, two, three] = ['1', '2', '3'].map(text =>
      Buffer.from(text.repeat(10)),
    );
    await cache.set(digestOf(one), one);
    await cache.set(digestOf(two), two);
    expect(await cache.get(digestOf(one))).toEqual(one);
    await cache.set(digestOf(three), three);
    expect(await cache.get(digestOf(two))).toBeUndefined();
    expect(await cache.get(digestOf(one))).toEqual(one);
    await cache.set('ab'.repeat(32), one);
    expect(await cache.get('ab'.repeat(32))).toBeUndefined();
    await cache.close();
    expect(await cache.get(digestOf(one))).toBeUndefined();
  });

  it('does without the disk, and takes a new folder when its own is gone', async () => {
    const disk = await mkdtemp(join(tmpdir(), 'disk-'));
    try {
      const cache = new ArchiveCache(1_000, disk);
      const archive = Buffer.from('archive');
      const digest = digestOf(archive);
      await cache.set(digest, archive);
      const [folder] = await readdir(disk);
      await rm(join(disk, folder), { recursive: true });
      expect(await cache.get(digest)).toBeUndefined();
      await cache.set(digest, archive);
      expect(await cache.get(digest)).toBeUndefined();
      await cache.set(digest, archive);
      expect(await cache.get(digest)).toEqual(archive);
    } finally {
      await rm(disk, { recursive: true });
    }
  });
});
