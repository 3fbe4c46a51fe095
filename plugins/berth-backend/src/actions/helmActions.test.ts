import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { actionsRegistryServiceMock } from '@backstage/backend-test-utils/alpha';
import { HelmPreview, HelmRelease } from '@berth/plugin-berth-common';
import express from 'express';
import { createServer, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import { registerActions } from './registerActions';

const PREVIEW: HelmPreview = {
  digest: 'd',
  changes: {
    values: '+planted: planted',
    notes: '+planted',
    items: [
      { kind: 'Deployment', name: 'web', change: 'changed', diff: '+planted' },
    ],
  },
  defaults: [
    { path: 'image.tag', change: 'Changed', yours: true, after: 'planted' },
  ],
  rights: [
    {
      ...{ verb: 'create', group: '', resource: 'secrets', names: ['web'] },
      ...{ namespace: 'shop', allowed: false, help: 'Ask olga' },
    },
    {
      ...{ verb: 'create', group: 'apps', resource: 'deployments' },
      ...{ names: ['web'], allowed: true },
    },
  ],
  conflicts: [],
  warnings: ['A quota would not suffice: planted'],
  refusals: ['You may not create secrets "planted"'],
  forLogs: {
    warnings: ['A quota would not suffice'],
    refusals: ['You may not create secrets'],
  },
};

function aRelease(more: Partial<HelmRelease> = {}): HelmRelease {
  return {
    ...{ cluster: 'prod', namespace: 'shop', name: 'web', source: 'secret' },
    ...{ status: 'deployed', revision: 2, labels: {} },
    description: 'planted',
    ...more,
  };
}

describe('the actions of Helm', () => {
  let server: Server;
  let asked: { url: string; body: any; token?: string }[];
  const registry = actionsRegistryServiceMock();

  beforeAll(async () => {
    const app = express();
    app.use(express.json());
    app.use(({ url, body, headers: { authorization } }, _, next) => {
      asked.push({ url, body, token: authorization });
      next();
    });
    app.get('/helm/releases', (_, response) => {
      const lines = [
        { type: 'start', clusters: [{ name: 'prod' }] },
        {
          ...{ type: 'releases', cluster: 'prod', at: '' },
          items: [aRelease(), aRelease({ name: 'cache' })],
        },
        {
          ...{ type: 'releases', cluster: 'prod', at: '' },
          items: [aRelease({ chart: { name: 'Shop', version: '1.0.0' } })],
        },
        {
          ...{ type: 'failed', cluster: 'old', cause: 'Unreachable' },
          message: 'old does not answer',
        },
        { type: 'end' },
      ];
      response
        .type('application/x-ndjson')
        .send(lines.map(line => `${JSON.stringify(line)}\n`).join(''));
    });
    const release = '/clusters/prod/namespaces/shop/releases/web';
    app.get(release, (_, response) => response.json({ revision: 2 }));
    app.get(`${release}/values`, (_, response) =>
      response.json({ yaml: 'password: ••••••\n', masked: [['password']] }),
    );
    app.post('/helm/previews', (_, response) => response.json(PREVIEW));
    const page = (...items: object[]) => ({ items, totalItems: items.length });
    app.get('/helm/charts', (_, response) =>
      response.json(
        page({
          ...{ repository: 'platform', name: 'web', version: '1.4.2' },
          ...{ keywords: ['http'], deprecated: false },
        }),
      ),
    );
    app.get('/helm/charts/platform/web/versions', (_, response) =>
      response.json(
        page({
          ...{ version: '1.4.2', deprecated: false, prerelease: false },
          digest: 'sha',
        }),
      ),
    );
    server = createServer(app);
    await new Promise<void>(done => {
      server.listen(0, '127.0.0.1', done);
    });
    const { port } = server.address() as AddressInfo;
    registerActions({
      actionsRegistry: registry,
      auth: mockServices.auth(),
      discovery: mockServices.discovery.mock({
        getBaseUrl: async () => `http://127.0.0.1:${port}`,
      }),
      helm: true,
    });
  });

  afterAll(() => server?.close());

  beforeEach(() => {
    asked = [];
  });

  const invoke = async (name: string, input: object): Promise<any> => {
    const { output } = await registry.invoke({
      id: `test:${name}`,
      input: input as {},
      credentials: mockCredentials.user('user:default/alice'),
    });
    return output;
  };

  it('list releases with their charts, and what could not be read', async () => {
    const output = await invoke('list-helm-releases', {
      ...{ cluster: 'prod', namespace: 'shop', search: 'SHOP' },
    });
    expect(output).toEqual({
      releases: [
        {
          ...{ cluster: 'prod', namespace: 'shop', name: 'web' },
          ...{ status: 'deployed', revision: 2 },
          chart: { name: 'Shop', version: '1.0.0' },
          url: '/berth/clusters/prod/namespaces/shop/releases/web',
        },
      ],
      totalItems: 1,
      failures: [{ cluster: 'old', message: 'old does not answer' }],
    });
    expect(asked).toEqual([
      expect.objectContaining({
        url: '/helm/releases?cluster=prod&namespace=shop',
        token: mockCredentials.service.header({
          onBehalfOf: mockCredentials.user('user:default/alice'),
          targetPluginId: 'berth',
        }),
      }),
    ]);
    const all = await invoke('list-helm-releases', {});
    expect(all.totalItems).toBe(2);
  });

  it('list charts and their versions', async () => {
    const charts = await invoke('list-charts', { repository: 'platform' });
    expect(charts).toEqual({
      charts: [
        {
          ...{ repository: 'platform', name: 'web', version: '1.4.2' },
          deprecated: false,
        },
      ],
      totalItems: 1,
    });
    expect(asked[0].url).toMatch(/repository=platform/);
    const versions = await invoke('list-chart-versions', {
      ...{ repository: 'platform', chart: 'web' },
    });
    expect(versions).toEqual({
      versions: [{ version: '1.4.2', deprecated: false, prerelease: false }],
      totalItems: 1,
    });
  });

  const web = { cluster: 'prod', namespace: 'shop', release: 'web' };
  const chart = { repository: 'platform', name: 'web', version: '1.4.2' };

  it('H17 preview without values', async () => {
    const output = await invoke('preview-helm-change', {
      ...{ kind: 'install', ...web, chart, values: 'password: planted' },
    });
    expect(output).toEqual({
      possible: false,
      refusals: ['You may not create secrets'],
      warnings: ['A quota would not suffice'],
      objects: [{ kind: 'Deployment', name: 'web', change: 'changed' }],
      valuesDiffer: true,
      missingRights: [
        {
          ...{ verb: 'create', group: '', resource: 'secrets' },
          ...{ names: ['web'], namespace: 'shop', help: 'Ask olga' },
        },
      ],
      defaults: [{ path: 'image.tag', change: 'Changed', yours: true }],
      ...{ conflicts: [], hooks: [], remains: [] },
      url: '/berth/helm/charts/platform/web/install',
    });
  });

  it.each([
    [
      { kind: 'install', chart, values: 'a: 1' },
      { chart, values: 'a: 1' },
    ],
    [
      { kind: 'upgrade', chart },
      // The values of the release, in which the hidden ones stay.
      { chart, values: 'password: ••••••\n', baseRevision: 2 },
    ],
    [
      { kind: 'upgrade', values: 'a: 1' },
      { values: 'a: 1', baseRevision: 2 },
    ],
    [
      { kind: 'rollback', revision: 1 },
      { revision: 1, baseRevision: 2 },
    ],
    [{ kind: 'uninstall' }, { keepHistory: false, baseRevision: 2 }],
    [{ kind: 'test' }, { baseRevision: 2 }],
  ])('preview %j', async (input, expected) => {
    await invoke('preview-helm-change', { ...input, ...web });
    expect(asked.at(-1)).toMatchObject({ url: '/helm/previews' });
    expect(asked.at(-1)!.body).toEqual({
      ...{ kind: input.kind, ...web },
      ...expected,
    });
    expect(asked.filter(({ url }) => /operations/.test(url))).toEqual([]);
  });

  it.each([
    [{ kind: 'install' }, 'chart is missing'],
    [{ kind: 'rollback' }, 'revision is missing'],
  ])('name the field that %j needs', async (input, message) => {
    await expect(
      invoke('preview-helm-change', { ...input, ...web }),
    ).rejects.toThrow(message);
  });
});
