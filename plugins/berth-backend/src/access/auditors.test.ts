import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { SandboxCluster } from '@berth/cluster-sandbox';
import { decodeJwt } from 'jose';
import request from 'supertest';
import { berthPlugin } from '../plugin';

jest.setTimeout(60_000);

type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

const TEAM_A = 'group:default/team-a';

function user(name: string, ...groups: string[]): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'User',
    metadata: { name },
    relations: groups.map(parent => ({
      type: 'memberOf',
      targetRef: `group:default/${parent}`,
    })),
  };
}

function group(name: string): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Group',
    metadata: { name },
  };
}

const entities = [
  user('ada', 'platform'),
  user('alice', 'team-a'),
  user('iris', 'audit'),
  user('ivan', 'audit', 'team-a'),
  ...['platform', 'team-a', 'audit'].map(group),
];

const config = {
  backend: { baseUrl: 'https://portal.example.com' },
  berth: {
    admins: ['group:default/platform'],
    auditors: ['group:default/audit'],
    keys: { encryptionSecret: 'a secret of at least thirty-two characters' },
    allowedAddresses: ['127.0.0.0/8'],
  },
};

describe('an auditor', () => {
  let sandbox: SandboxCluster;
  let server: Parameters<typeof request>[0];
  let requestId: string;

  const call = (person: string, method: Method, path: string, body?: object) =>
    request(server)
      [method](`/api/berth${path}`)
      .set(
        'Authorization',
        mockCredentials.user.header(`user:default/${person}`),
      )
      .send(body);

  beforeAll(async () => {
    sandbox = await SandboxCluster.start({ name: 'prod' });
    const backend = await startTestBackend({
      features: [
        berthPlugin,
        catalogServiceMock.factory({ entities }),
        mockServices.rootConfig.factory({ data: config }),
      ],
    });
    server = backend.server;
    await call('ada', 'post', '/clusters', {
      name: 'prod',
      apiServer: sandbox.apiServer,
      caData: sandbox.caPem,
    }).expect(201);
    await call('ada', 'put', '/clusters/prod/shares', {
      groups: [TEAM_A],
    }).expect(200);
    const { body } = await call('alice', 'post', '/requests', {
      kind: 'namespace',
      cluster: 'prod',
      namespace: 'shop',
      group: TEAM_A,
      quota: { hard: { pods: '5' } },
    }).expect(201);
    requestId = body.id;
  });

  afterAll(() => sandbox.stop());

  const reads = [
    '/clusters',
    '/clusters/prod',
    '/clusters/prod/shares',
    '/clusters/prod/checks',
    '/clusters/prod/onboarding?format=manifest',
    '/clusters/prod/activity',
    '/activity',
    '/namespaces',
    '/clusters/prod/namespaces/team-a',
    '/clusters/prod/namespaces/team-a/grants',
    '/quotas?cluster=prod',
    '/requests?scope=all',
    '/issuer/keys',
  ];

  it.each(reads)('reads everything that an admin reads at %s', async path => {
    const [admin, auditor] = await Promise.all(
      ['ada', 'iris'].map(person => call(person, 'get', path)),
    );
    expect(admin.status).toBe(200);
    expect(auditor.status).toBe(200);
    expect(idsIn(auditor.body)).toEqual(idsIn(admin.body));
  });

  it('reads the plan of a cluster, as far as the cluster answers', async () => {
    const [admin, auditor] = await Promise.all(
      ['ada', 'iris'].map(person => call(person, 'get', '/clusters/prod/plan')),
    );
    expect(auditor.status).toBe(admin.status);
  });

  it('can ask for the access of another person', async () => {
    const { body } = await call(
      'iris',
      'get',
      '/access/explain?cluster=prod&namespace=team-a&user=alice',
    ).expect(200);
    expect(body).toMatchObject({ user: 'user:default/alice', cluster: 'prod' });
  });

  it('is reported as an auditor and not as an admin', async () => {
    const { body } = await call('iris', 'get', '/access/me').expect(200);
    expect(body).toMatchObject({ admin: false, auditor: true });
  });

  const changes: { method: Method; path: string; body?: object }[] = [
    {
      method: 'post',
      path: '/clusters',
      body: { name: 'x', apiServer: 'https://a', caData: 'x' },
    },
    { method: 'post', path: '/clusters?dryRun=true', body: { name: 'x' } },
    { method: 'patch', path: '/clusters/prod', body: { title: 'Mine' } },
    { method: 'delete', path: '/clusters/prod' },
    { method: 'get', path: '/clusters/prod/leftovers' },
    { method: 'put', path: '/clusters/prod/shares', body: { groups: [] } },
    { method: 'post', path: '/clusters/prod/checks', body: {} },
    {
      method: 'post',
      path: '/clusters/prod/plan/confirm',
      body: { held: 'x' },
    },
    {
      method: 'post',
      path: '/clusters/prod/plan/leftovers/remove',
      body: { uids: ['x'] },
    },
    {
      method: 'post',
      path: '/clusters/prod/plan/take-over',
      body: { formerId: 'x' },
    },
    { method: 'post', path: '/clusters/prod/rebuilt', body: {} },
    {
      method: 'post',
      path: '/clusters/prod/shares',
      body: { group: 'group:default/audit' },
    },
    {
      method: 'delete',
      path: '/clusters/prod/shares?group=group:default/team-a',
    },
    {
      method: 'post',
      path: '/clusters/prod/namespaces',
      body: { name: 'mine' },
    },
    {
      method: 'patch',
      path: '/clusters/prod/namespaces/team-a',
      body: { purpose: 'x' },
    },
    {
      method: 'delete',
      path: '/clusters/prod/namespaces/team-a?confirm=team-a&uid=1',
    },
    {
      method: 'put',
      path: '/clusters/prod/namespaces/team-a/grants',
      body: { grants: [] },
    },
    {
      method: 'put',
      path: '/clusters/prod/namespaces/team-a/quota',
      body: { hard: { pods: '1' } },
    },
    { method: 'delete', path: '/clusters/prod/namespaces/team-a/quota' },
    { method: 'post', path: '/issuer/keys/rotate', body: {} },
    { method: 'post', path: '/issuer/keys/revoke', body: { kids: ['x'] } },
    {
      method: 'post',
      path: '/requests/ID/decision',
      body: { decision: 'approve' },
    },
    { method: 'post', path: '/requests/ID/withdraw', body: {} },
    { method: 'post', path: '/requests/ID/retry', body: {} },
    { method: 'post', path: '/requests/ID/submit', body: {} },
    {
      method: 'post',
      path: '/requests',
      body: {
        kind: 'namespace',
        cluster: 'prod',
        namespace: 'mine',
        group: 'group:default/audit',
        quota: { hard: { pods: '5' } },
      },
    },
    {
      method: 'post',
      path: '/requests',
      body: {
        kind: 'quota',
        cluster: 'prod',
        namespace: 'team-a',
        quota: { hard: { pods: '1' } },
      },
    },
  ];

  it.each(changes)('cannot $method $path', async ({ method, path, body }) => {
    const { status } = await call(
      'iris',
      method,
      path.replace('ID', requestId),
      body,
    );
    expect([403, 404, 409]).toContain(status);
    const asked = await call('ada', 'get', `/requests/${requestId}`);
    expect(asked.body.state).toBe('Submitted');
    const shares = await call('ada', 'get', '/clusters/prod/shares');
    expect(idsIn(shares.body)).toEqual([TEAM_A]);
  });

  it('gets no token for a cluster from the auditor role', async () => {
    await call('iris', 'post', '/clusters/prod/token').expect(404);
    const { body } = await call('ivan', 'post', '/clusters/prod/token').expect(
      201,
    );
    expect(decodeJwt(body.token).groups).toEqual(['cluster-scope', 'team-a']);
  });
});

/** Returns the fields that identify the entries of an answer, without the actions that the caller may take. */
function idsIn(body: any): unknown[] {
  const items: any[] = body.items ?? body.grants ?? [body];
  return items.map(
    item => item.id ?? item.group ?? item.kid ?? item.name ?? item.format,
  );
}
