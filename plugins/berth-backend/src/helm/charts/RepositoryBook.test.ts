import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { AddressPolicy } from '@berth/plugin-berth-node';
import { Knex } from 'knex';
import { createServer, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import { KeyCipher } from '../../crypto/KeyCipher';
import { migrate } from '../../database/migrate';
import { pagingOf } from '../../validation/pageCursor';
import { anArchive, chartEntries } from './__testUtils__/anArchive';
import { FakeRegistry } from './__testUtils__/FakeRegistry';
import { ArchiveCache, digestOf } from './ArchiveCache';
import { ChartFiles } from './ChartFiles';
import { createChartSources } from './chartSources';
import { DatabaseChartStore } from './DatabaseChartStore';
import { Signatures } from './provenance';
import { RepositoryBook } from './RepositoryBook';
import { RepositoryClient } from './RepositoryClient';
import { RepositoryRefresher } from './RepositoryRefresher';
import { RepositorySettings } from './types';

jest.setTimeout(60_000);

const SECRETS = ['a secret of at least thirty-two characters'];
const LATER = 'another secret of at least thirty-two characters';
const PASSWORD = 'planted-password';
const credential = { username: 'planted-user', password: PASSWORD };
const SHOP: RepositorySettings = {
  name: 'shop',
  url: 'https://charts.example.com/shop/',
  credential,
};
const LAB: RepositorySettings = {
  name: 'lab',
  url: 'https://lab.example.com/',
  charts: ['web*'],
  credential,
};

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

describe.each(databases.eachSupportedId())('repositories on %p', id => {
  let knex: Knex;
  let store: DatabaseChartStore;

  const open = (configured: RepositorySettings[] = [], secrets = SECRETS) =>
    RepositoryBook.open({
      knex,
      cipher: KeyCipher.fromSecrets({ secrets, production: false }),
      configured,
      httpOnLoopback: true,
    });
  const dump = async () => JSON.stringify(await knex('helm_repositories'));

  beforeAll(async () => {
    knex = await databases.init(id);
    await migrate(knex);
    store = DatabaseChartStore.create(knex);
  });

  beforeEach(async () => {
    await knex('helm_repositories').delete();
  });

  it('has those of the configuration and those that admins added', async () => {
    const book = await open([SHOP]);
    await book.add(LAB);
    expect(await book.get('shop')).toEqual(SHOP);
    expect(await book.get('lab')).toEqual(LAB);
    expect(await book.addresses()).toEqual(
      [LAB, SHOP].map(({ name, url }) => ({ name, url })),
    );
    expect(await store.repositories()).toEqual([
      expect.objectContaining({
        name: 'lab',
        source: 'Portal',
        hasCredential: true,
        hasCa: false,
        only: ['web*'],
        state: 'Pending',
      }),
      expect.objectContaining({
        name: 'shop',
        source: 'Configuration',
        hasCredential: true,
      }),
    ]);
    // A start with another configuration keeps what admins added.
    const later = await open([]);
    expect(await later.addresses()).toEqual([{ name: 'lab', url: LAB.url }]);
    await expect(later.get('shop')).rejects.toThrow(
      'There is no chart repository "shop"',
    );
    await later.remove('lab');
    expect(await later.addresses()).toEqual([]);
  });

  const read = (repository: RepositorySettings, ...names: string[]) =>
    store.replace(repository, {
      ...{ at: new Date().toISOString(), fingerprint: 'a fingerprint' },
      ...{ etag: 'an etag', lastModified: 'a time', problem: 'a problem' },
      charts: (async function* charts() {
        yield names.map(name => {
          const latest = {
            ...{ version: '1.0.0', url: `${repository.url}${name}-1.0.0.tgz` },
            ...{ deprecated: false, prerelease: false },
          };
          return {
            name,
            latest,
            sources: [],
            keywords: [],
            versions: [latest],
          };
        });
      })(),
    });
  const listed = async () => {
    const { page } = pagingOf('test', { limit: 50 });
    const { items, totalItems } = await store.list({ search: 'web' }, page);
    expect(totalItems).toBe(items.length);
    return items.map(({ name }) => name);
  };
  const versionsOf = async (repository: string, chart: string) => {
    const { page } = pagingOf('test', { limit: 50 });
    const { items } = await store.versions(repository, chart, page);
    return items.map(({ version }) => version);
  };

  it('H11 forgets the charts of a configured repository with another address', async () => {
    await open([SHOP]);
    await read(SHOP, 'web');
    await open([{ ...SHOP, credential: undefined }]);
    expect(await store.version('shop', 'web', '1.0.0')).toBeDefined();

    const url = 'https://new.example.com/';
    await open([{ ...SHOP, url }]);
    expect(await store.version('shop', 'web', '1.0.0')).toBeUndefined();
    expect(await store.chart('shop', 'web')).toBeUndefined();
    expect(await store.stateOf('shop')).toEqual({});
    expect(await store.repository('shop')).toMatchObject({
      ...{ url, state: 'Pending', charts: 0, versions: 0 },
    });
    // A refresh that began with the former address stores nothing.
    await read(SHOP, 'web');
    expect(await listed()).toEqual([]);
  });

  it('H11 forgets the charts of an added repository whose name the configuration takes', async () => {
    const book = await open();
    const added = { ...SHOP, url: 'https://added.example.com/' };
    await book.add(added);
    await read(added, 'web');
    await open([SHOP]);
    expect(await store.version('shop', 'web', '1.0.0')).toBeUndefined();
    expect(await store.repository('shop')).toMatchObject({
      ...{ source: 'Configuration', state: 'Pending', charts: 0 },
    });
  });

  it.each(['added', 'configured'])(
    'shows only the charts that an %s repository lists now',
    async kind => {
      const isAdded = kind === 'added';
      const book = await open(isAdded ? [] : [LAB]);
      if (isAdded) {
        await book.add(LAB);
      }
      const change = async (charts: string[]) => {
        if (isAdded) {
          await book.change('lab', { charts });
        } else {
          await open([{ ...LAB, charts }]);
        }
      };
      const names = ['WEB', 'a-web', 'web', 'web-api', 'web_api'];
      for (const [charts, shown] of [
        [['api'], []],
        [['web'], ['web']],
        [['*web'], ['a-web', 'web']],
        [
          ['w*_*', 'WEB'],
          ['WEB', 'web_api'],
        ],
        [['w[e]b', 'we?', 'we%', 'w.b'], []],
      ]) {
        await change(['*']);
        await read({ ...LAB, charts: ['*'] }, ...names);
        expect((await listed()).sort()).toEqual(names);
        await change(charts);
        expect((await listed()).sort()).toEqual(shown);
        expect(await store.repository('lab')).toMatchObject({
          ...{ charts: shown.length, versions: shown.length, only: charts },
        });
        // The next refresh must read the whole index.
        const { fingerprint } = await store.stateOf('lab');
        expect(fingerprint).toBeUndefined();
        for (const name of names) {
          const isShown = shown.includes(name);
          const found = await store.chart('lab', name);
          expect(found?.name).toBe(isShown ? name : undefined);
          const place = await store.version('lab', name, '1.0.0');
          expect(place !== undefined).toBe(isShown);
          expect(await versionsOf('lab', name)).toEqual(
            isShown ? ['1.0.0'] : [],
          );
        }
      }
      // A refresh that began with the former names brings nothing back.
      await read({ ...LAB, charts: ['*'] }, ...names);
      expect(await listed()).toEqual([]);
    },
  );

  it('shows no chart that is stored, and that the repository does not list', async () => {
    await open([{ ...LAB, charts: ['*'] }]);
    await read({ ...LAB, charts: ['*'] }, 'web');
    await knex('helm_repositories').update({ only: '["api"]' });
    expect(await store.chart('lab', 'web')).toBeUndefined();
    expect(await store.version('lab', 'web', '1.0.0')).toBeUndefined();
    expect(await versionsOf('lab', 'web')).toEqual([]);
  });

  it('H13 stores no credential in clear, and returns none', async () => {
    const book = await open([SHOP]);
    await book.add(LAB);
    await book.change('lab', { credential: { token: 'planted-token' } });
    const stored = await dump();
    expect(stored).not.toMatch(/planted|cGxhbnRlZ/);
    expect(stored).toMatch(/"credential":"eyJ/);
    expect(JSON.stringify(await store.repositories())).not.toMatch(
      /planted|eyJ/,
    );
    expect(await book.get('lab')).toMatchObject({
      credential: { token: 'planted-token' },
    });
    await book.change('lab', { credential: null });
    expect(await dump()).not.toContain('eyJ');
    expect(await store.repository('lab')).toMatchObject({
      hasCredential: false,
    });
  });

  it('H13 uses no credential that was moved to another repository or address', async () => {
    const book = await open();
    await book.add(LAB);
    await knex('helm_repositories').update({ url: 'https://evil.example/' });
    await expect(book.get('lab')).rejects.toThrow('cannot be used');
    await knex('helm_repositories').update({ url: LAB.url, name: 'evil' });
    await expect(book.get('evil')).rejects.toThrow('cannot be used');
  });

  it('H13 encrypts again with the first secret, and needs the credential again without its secret', async () => {
    await (await open()).add(LAB);
    const book = await open([], [LATER, ...SECRETS]);
    await expect(open([], [LATER])).resolves.toBeDefined();
    expect(await (await open([], [LATER])).get('lab')).toEqual(LAB);
    expect(await book.get('lab')).toEqual(LAB);
    const lost = await open();
    await expect(lost.get('lab')).rejects.toThrow('Give the credential again');
    await lost.change('lab', { credential });
    expect(await lost.get('lab')).toEqual(LAB);
  });

  it('H11 keeps a credential from another host', async () => {
    const book = await open();
    await book.add(LAB);
    await expect(
      book.change('lab', { url: 'https://other.example.com/' }),
    ).rejects.toMatchObject({
      message: expect.stringContaining('credential is missing'),
      problems: [expect.objectContaining({ path: ['credential'] })],
    });
    await book.change('lab', { url: 'https://lab.example.com/moved' });
    expect(await book.get('lab')).toEqual({
      ...LAB,
      url: 'https://lab.example.com/moved/',
    });
    await book.change('lab', {
      url: 'https://other.example.com/',
      credential: null,
      charts: null,
    });
    expect(await book.get('lab')).toEqual({
      name: 'lab',
      url: 'https://other.example.com/',
    });
  });

  it('does not change those of the configuration, and not unknown ones', async () => {
    const book = await open([SHOP]);
    const words = 'in the configuration of the portal';
    await expect(book.change('shop', { charts: ['web'] })).rejects.toThrow(
      words,
    );
    await expect(book.remove('shop')).rejects.toThrow(words);
    await expect(book.add(SHOP)).rejects.toThrow(
      'There is a chart repository "shop"',
    );
    await expect(book.change('none', {})).rejects.toThrow('There is no chart');
    await expect(book.remove('none')).rejects.toThrow('There is no chart');
  });

  it('refuses changes that break a rule', async () => {
    const book = await open();
    await book.add(LAB);
    await expect(
      book.change('lab', { url: `https://${PASSWORD}@x/` }),
    ).rejects.not.toThrow(PASSWORD);
    await expect(
      book.change('lab', { url: 'oci://lab.example.com/charts' }),
    ).rejects.toThrow('charts must have the whole names');
    await expect(book.change('lab', { caData: 'x' })).rejects.toThrow('caData');
    expect(await book.get('lab')).toEqual(LAB);
  });

  it('has at most 100', async () => {
    const book = await open();
    for (let index = 0; index < 100; index++) {
      await book.add({ name: `lab-${index}`, url: LAB.url });
    }
    await expect(book.add(LAB)).rejects.toThrow('at most 100');
  });

  describe('with a registry', () => {
    let server: Server;
    let registry: FakeRegistry;
    let url: string;

    beforeEach(async () => {
      registry = new FakeRegistry();
      server = createServer(registry.serve);
      await new Promise<void>(resolve => {
        server.listen(0, '127.0.0.1', resolve);
      });
      const { port } = server.address() as AddressInfo;
      url = `oci://127.0.0.1:${port}/charts/`;
    });

    afterEach(() => server.close());

    it('stores the charts, serves their files, and forgets them with another address', async () => {
      const archive = await anArchive(chartEntries());
      const config = { description: 'Serves pages' };
      registry.push('charts/web', '1.0.0_b1', { config, archive });
      registry.push('charts/web', '0.9.0', { config: {}, archive });
      const sourceOf = createChartSources(
        new RepositoryClient({
          policy: AddressPolicy.create({ allow: ['127.0.0.1/32'] }),
          httpOnLoopback: true,
        }),
        1_000,
      );
      const logger = mockServices.logger.mock();
      const refresher = new RepositoryRefresher({ logger, sourceOf, store });
      const archives = new ArchiveCache();
      const signatures = new Signatures(undefined);
      const files = new ChartFiles({ archives, signatures, sourceOf, store });
      const book = await open();
      await book.add({ name: 'oci', url, charts: ['web'] });
      const repository = await book.get('oci');
      await refresher.refresh(repository);
      expect(await store.repository('oci')).toMatchObject({
        state: 'Ready',
        charts: 1,
        versions: 2,
      });
      expect(await store.chart('oci', 'web')).toMatchObject({
        version: '1.0.0+b1',
        description: 'Serves pages',
      });
      expect(
        await files.file(
          { repository, chart: 'web', version: '1.0.0+b1' },
          'values',
          new AbortController().signal,
        ),
      ).toEqual({ digest: digestOf(archive), text: 'replicas: 1\n' });
      await archives.close();

      await book.change('oci', { url: `${url}other` });
      expect(await store.repository('oci')).toMatchObject({
        state: 'Pending',
        charts: 0,
      });
      expect(await store.chart('oci', 'web')).toBeUndefined();
      // An attempt that began before does not bring the charts back.
      await refresher.refresh(repository);
      expect(await store.chart('oci', 'web')).toBeUndefined();
      await refresher.refresh(await book.get('oci'));
      expect(await store.repository('oci')).toMatchObject({
        state: 'Failed',
        problem: { message: expect.stringContaining('The chart web: ') },
      });
    });
  });
});
