import { PolicyDecision } from '@backstage/plugin-permission-common';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { SandboxCluster } from '@berth/cluster-sandbox';
import { decodeJwt } from 'jose';
import request from 'supertest';
import { clusterConditions, createClusterConditionalDecision } from '.';
import { berthClusterReadPermission } from '@berth/plugin-berth-common';
import { berthPlugin } from './plugin';

jest.setTimeout(60_000);

function user(name: string, ...groups: string[]): Entity {
  return entity('User', name, 'memberOf', groups);
}

function group(name: string, ...parents: string[]): Entity {
  return entity('Group', name, 'childOf', parents);
}

function entity(kind: string, name: string, type: string, groups: string[]) {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind,
    metadata: { name },
    relations: groups.map(target => ({
      type,
      targetRef: `group:default/${target}`,
    })),
  };
}

const entities = [
  user('ada', 'platform'),
  user('alice', 'team-a'),
  user('nora', 'cards'),
  user('nobody'),
  group('platform'),
  group('team-a'),
  group('team-b'),
  group('payments'),
  group('cards', 'payments'),
];

const config = {
  backend: { baseUrl: 'https://portal.example.com' },
  berth: {
    admins: ['group:default/platform'],
    keys: { encryptionSecret: 'a secret of at least thirty-two characters' },
    allowedAddresses: ['127.0.0.0/8'],
  },
};

function as(name: string) {
  return {
    Authorization: mockCredentials.user.header(`user:default/${name}`),
  };
}

describe('the berth plugin', () => {
  let sandbox: SandboxCluster;
  let events: any[] = [];
  const decide = jest.fn<PolicyDecision, [string]>();
  const auditor = mockServices.auditor.mock({
    createEvent: async options => {
      events.push(options);
      return {
        success: async more => {
          events.push({ ...options, status: 'success', ...more });
        },
        fail: async ({ error }) => {
          events.push({ ...options, status: 'fail', error });
        },
      };
    },
  });

  beforeAll(async () => {
    sandbox = await SandboxCluster.start({ name: 'plugin-test' });
  });

  afterAll(() => sandbox.stop());

  beforeEach(() => {
    events = [];
    decide.mockReturnValue({ result: AuthorizeResult.ALLOW });
  });

  async function start() {
    const { server } = await startTestBackend({
      features: [
        berthPlugin,
        catalogServiceMock.factory({ entities }),
        mockServices.rootConfig.factory({ data: config }),
        auditor.factory,
        mockServices.permissions.mock({
          authorize: async requests =>
            requests.map(({ permission }) => {
              const { result } = decide(permission.name);
              return {
                result:
                  result === AuthorizeResult.CONDITIONAL
                    ? AuthorizeResult.DENY
                    : result,
              };
            }),
          authorizeConditional: async requests =>
            requests.map(({ permission }) => decide(permission.name) as any),
        }).factory,
      ],
    });
    const api = request(server);
    return {
      api,
      register: (name: string) =>
        api
          .post('/api/berth/clusters')
          .set(as('ada'))
          .send({ name, apiServer: sandbox.apiServer, caData: sandbox.caPem }),
      share: (name: string, ...groups: string[]) =>
        api
          .put(`/api/berth/clusters/${name}/shares`)
          .set({ ...as('ada'), 'If-Match': '*' })
          .send({ groups: groups.map(ref => `group:default/${ref}`) }),
      token: (name: string, person: string) =>
        api.post(`/api/berth/clusters/${name}/token`).set(as(person)),
      names: async (person: string) => {
        const { body } = await api.get('/api/berth/clusters').set(as(person));
        return body.items.map((item: any) => item.name);
      },
    };
  }

  it('registers, shares and mints', async () => {
    const { register, share, token } = await start();
    const created = await register('Prod 01');
    expect(created.status).toBe(201);
    expect(created.body).toMatchObject({ name: 'prod01', shares: [] });
    const shared = await share('prod01', 'team-a', 'payments');
    expect(shared.body.items).toMatchObject([
      { group: 'group:default/payments', namespace: 'payments' },
      { group: 'group:default/team-a', namespace: 'team-a' },
    ]);

    const claimsOf = async (person: string) => {
      const { body } = await token('prod01', person);
      return decodeJwt(body.token);
    };
    expect(await claimsOf('alice')).toMatchObject({
      iss: 'https://portal.example.com/api/oidc',
      aud: created.body.id,
      sub: 'user:alice',
      groups: ['cluster-scope', 'team-a'],
    });
    expect(await claimsOf('nora')).toMatchObject({
      sub: 'user:nora',
      groups: ['cluster-scope', 'payments'],
    });
    expect(await claimsOf('ada')).toMatchObject({
      groups: ['cluster-scope', 'cluster-admins'],
    });
  });

  it('S9 gives the same answers for unknown and unshared clusters, on every route', async () => {
    const { api, register, share } = await start();
    await register('prod01');
    await share('prod01', 'team-b');
    const routes = [
      ['get', ''],
      ['patch', ''],
      ['delete', ''],
      ['get', '/shares'],
      ['put', '/shares'],
      ['get', '/onboarding?format=manifest'],
      ['post', '/checks'],
      ['post', '/token'],
    ] as const;
    for (const [method, path] of routes) {
      for (const person of ['alice', 'nobody']) {
        const [unshared, unknown] = await Promise.all(
          ['prod01', 'other1'].map(name =>
            api[method](`/api/berth/clusters/${name}${path}`).set(as(person)),
          ),
        );
        expect(unshared.status).toBe(404);
        const { request: _, ...rest } = unshared.body;
        expect(JSON.stringify(rest).replaceAll('prod01', 'other1')).toBe(
          JSON.stringify({
            error: unknown.body.error,
            response: unknown.body.response,
          }),
        );
      }
    }
  });

  it.each([
    ['post', '/api/berth/clusters', {}],
    ['patch', '/api/berth/clusters/prod01', { title: 'x' }],
    ['delete', '/api/berth/clusters/prod01', undefined],
    ['put', '/api/berth/clusters/prod01/shares', { groups: [] }],
    ['post', '/api/berth/clusters/prod01/checks', undefined],
    ['get', '/api/berth/clusters/prod01/onboarding?format=manifest', undefined],
    ['get', '/api/berth/issuer/keys', undefined],
    ['post', '/api/berth/issuer/keys/rotate', undefined],
    ['post', '/api/berth/issuer/keys/revoke', { kids: ['x'] }],
  ] as const)('forbids members to %s %s', async (method, path, body) => {
    const { api, register, share } = await start();
    await register('prod01');
    await share('prod01', 'team-a');
    const response = await api[method](path).set(as('alice')).send(body);
    expect(response.status).toBe(403);
    expect(response.body.error.message).toContain('Only platform admins');
  });

  it('S9 refuses claims from the caller', async () => {
    const { register, share, token } = await start();
    await register('prod01');
    await share('prod01', 'team-a');
    for (const claims of [
      { sub: 'user:ada' },
      { groups: ['cluster-admins'] },
      { aud: 'other' },
      { ttl: 86400 },
    ]) {
      const inBody = await token('prod01', 'alice').send(claims);
      const inQuery = await token('prod01', 'alice').query(claims);
      expect([inBody.status, inQuery.status]).toEqual([400, 400]);
      expect(inBody.body.error.message).toContain(Object.keys(claims)[0]);
    }
  });

  it('S10 leaves a group out of the next token once the cluster is not shared with it', async () => {
    const { register, share, token } = await start();
    await register('prod01');
    await share('prod01', 'team-a');
    expect((await token('prod01', 'alice')).status).toBe(201);
    await share('prod01');
    expect((await token('prod01', 'alice')).status).toBe(404);
  });

  it('S4 serves discovery and JWKS to anyone, and nothing else', async () => {
    const { api } = await start();
    const discovery = await api.get(
      '/api/oidc/.well-known/openid-configuration',
    );
    expect(discovery.body).toMatchObject({
      issuer: 'https://portal.example.com/api/oidc',
      jwks_uri: 'https://portal.example.com/api/oidc/jwks.json',
      response_types_supported: ['id_token'],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: ['RS256'],
    });
    for (const path of [
      '/api/oidc',
      '/api/oidc/',
      '/api/oidc/jwks.json/',
      '/api/oidc/JWKS.json',
      '/API/oidc/jwks.json',
      '/api/oidc/jwks.json/../token',
      '/api/oidc/jwks.json%2f..%2ftoken',
      '/api/oidc//jwks.json',
      '/api/oidc/.well-known/openid-configuration/x',
      '/api/oidc/keys',
      '/api/berth/clusters',
      '/api/berth/clusters/prod01/token',
      '/api/berth/access/me',
      '/api/berth/issuer/keys',
      '/api/berth/.well-known/openid-configuration',
    ]) {
      const { status } = await api.get(path).set({
        Authorization: mockCredentials.none.header(),
      });
      expect([path, [401, 404].includes(status)]).toEqual([path, true]);
    }
  });

  it('S56 passes on what kubectl sends with a token of this cluster, and nothing else', async () => {
    const { api, register, share, token } = await start();
    for (const name of ['one', 'two']) {
      await register(name);
      await share(name, 'team-a');
    }
    await api
      .patch('/api/berth/clusters/one')
      .set({ ...as('ada'), 'If-Match': '*' })
      .send({ kubectlVia: 'portal' });
    const [own, other] = await Promise.all(
      ['one', 'two'].map(async name => (await token(name, 'alice')).body.token),
    );
    const path = '/api/berth/clusters/one/proxy/api/v1/namespaces/a/pods';
    const ask = async (bearer: string, method: 'get' | 'delete' = 'get') => {
      const answer = await api[method](
        method === 'get' ? path : `${path}/web`,
      ).set({ Authorization: `Bearer ${bearer}` });
      return [answer.status, answer.headers['x-berth-answered-by']];
    };
    // The sandbox does not trust this issuer, so it refuses what the proxy passes on.
    expect(await ask(own)).toEqual([401, 'cluster']);
    expect(await ask(other)).toEqual([401, undefined]);
    expect(await ask('nothing')).toEqual([401, undefined]);
    const elsewhere = await api
      .get('/api/berth/clusters')
      .set({ Authorization: `Bearer ${own}` });
    expect(elsewhere.status).toBe(401);

    events = [];
    expect(await ask(own, 'delete')).toEqual([401, 'cluster']);
    expect(events).toMatchObject([
      {
        eventId: 'proxy-write',
        meta: { actor: 'user:default/alice', cluster: 'one', name: 'web' },
      },
      { status: 'fail', error: { message: 'one answered 401' } },
    ]);
    expect(JSON.stringify(events)).not.toContain(own);
  });

  it('keeps every answer of the API out of caches', async () => {
    const { api, register } = await start();
    await register('prod');
    for (const path of [
      '/clusters',
      '/clusters/prod',
      '/clusters/prod/shares',
      '/clusters/prod/checks',
      '/clusters/prod/plan',
      '/clusters/none',
      '/namespaces',
      '/requests',
      '/activity',
      '/access',
      '/issuer/keys',
    ]) {
      const answer = await api.get(`/api/berth${path}`).set(as('ada'));
      expect([path, answer.headers['cache-control']]).toEqual([
        path,
        'no-store',
      ]);
    }
  });

  it('S3 lets clients cache JWKS for 30 s at most, with revalidation, and only read it', async () => {
    const { api } = await start();
    const path = '/api/oidc/jwks.json';
    const first = await api.get(path);
    const maxAge = Number(
      /max-age=(\d+)/.exec(first.headers['cache-control'])![1],
    );
    expect(maxAge).toBeLessThanOrEqual(30);
    const again = await api.get(path).set('If-None-Match', first.headers.etag);
    expect(again.status).toBe(304);
    for (const method of ['post', 'put', 'patch', 'delete'] as const) {
      expect((await api[method](path)).status).toBe(405);
    }
  });

  it("S7 refuses a cluster's token at the portal", async () => {
    const { api, register, share, token } = await start();
    await register('prod01');
    await share('prod01', 'team-a');
    const { body } = await token('prod01', 'alice');
    for (const path of ['/api/berth/clusters', '/api/berth/access/me']) {
      const { status } = await api
        .get(path)
        .set('Authorization', `Bearer ${body.token}`);
      expect(status).toBe(401);
    }
    const minted = await api
      .post('/api/berth/clusters/prod01/token')
      .set('Authorization', `Bearer ${body.token}`);
    expect(minted.status).toBe(401);
  });

  it('S47 mints one token for an explanation, for any number of questions to the cluster', async () => {
    const { api, register } = await start();
    await register('prod01');
    const { body } = await api
      .get('/api/berth/access/explain?cluster=prod01')
      .set(as('ada'));
    expect(body.steps).toHaveLength(6);
    expect(
      events.filter(
        ({ eventId, meta, status }) =>
          eventId === 'token-mint' &&
          meta?.purpose === 'access-review' &&
          status === undefined,
      ),
    ).toHaveLength(1);
  });

  it('S47 audits every write and mint, S46 without token or PEM', async () => {
    const { api, register, share, token } = await start();
    await register('prod01');
    await share('prod01', 'team-a');
    await token('prod01', 'alice');
    await token('prod01', 'nobody');
    await api.post('/api/berth/issuer/keys/rotate').set(as('ada'));
    await api.delete('/api/berth/clusters/prod01').set(as('ada'));
    const ended = events
      .filter(event => event.status && event.request)
      .map(event => `${event.eventId} ${event.status}`);
    expect(ended).toEqual([
      'cluster-create success',
      'cluster-share success',
      'token-mint success',
      'token-mint fail',
      'key-rotate success',
      'cluster-delete success',
    ]);
    const mint = events.find(
      event => event.eventId === 'token-mint' && event.status && event.request,
    );
    expect(mint.meta).toEqual({
      clusterId: expect.any(String),
      jti: expect.any(String),
      subject: 'user:alice',
      groups: ['cluster-scope', 'team-a'],
    });
    const written = JSON.stringify(
      events.map(({ request: _, error, ...event }) => [event, `${error}`]),
    );
    expect(written).not.toMatch(/eyJ|BEGIN/);
  });

  it('restricts access by the policy, in SQL', async () => {
    const { api, register, share, token, names } = await start();
    for (const name of ['one', 'two', 'three']) {
      await register(name);
      await share(name, 'team-a');
    }
    await share('three', 'team-b');
    expect(await names('ada')).toEqual(['one', 'three', 'two']);
    expect(await names('alice')).toEqual(['one', 'two']);

    decide.mockImplementation(name =>
      name === berthClusterReadPermission.name
        ? createClusterConditionalDecision(berthClusterReadPermission, {
            anyOf: [
              clusterConditions.hasName({ names: ['one'] }),
              {
                not: clusterConditions.isSharedWith({
                  groups: ['group:default/team-a'],
                }),
              },
            ],
          })
        : { result: AuthorizeResult.ALLOW },
    );
    expect(await names('ada')).toEqual(['one', 'three']);
    expect(await names('alice')).toEqual(['one']);
    expect((await token('two', 'alice')).status).toBe(404);
    expect((await token('one', 'alice')).status).toBe(201);

    decide.mockImplementation(name => ({
      result:
        name === 'berth.token.create' || name === 'berth.cluster.create'
          ? AuthorizeResult.DENY
          : AuthorizeResult.ALLOW,
    }));
    expect((await token('one', 'alice')).status).toBe(403);
    expect((await register('four')).status).toBe(403);

    decide.mockReturnValue({ result: AuthorizeResult.DENY });
    expect(await names('ada')).toEqual([]);
    expect(
      (await api.get('/api/berth/clusters/one').set(as('ada'))).status,
    ).toBe(404);
  });

  it('makes only members of berth.admins admins', async () => {
    decide.mockReturnValue({ result: AuthorizeResult.ALLOW });
    const { api, register } = await start();
    await register('prod01');
    const { body } = await api.get('/api/berth/access/me').set(as('alice'));
    expect(body).toEqual({
      user: 'user:default/alice',
      username: 'user:alice',
      groups: ['group:default/team-a'],
      admin: false,
      auditor: false,
      terminal: false,
      helm: true,
    });
    const response = await api
      .put('/api/berth/clusters/prod01/shares')
      .set(as('alice'))
      .send({ groups: ['group:default/team-a'] });
    expect(response.status).toBe(404);
  });

  it('limits how often a person asks for tokens', async () => {
    const { register, share, token } = await start();
    await register('prod01');
    await share('prod01', 'team-a', 'payments');
    const statuses = new Set<number>();
    for (let count = 0; count < 121; count += 1) {
      statuses.add((await token('prod01', 'alice')).status);
    }
    expect([...statuses]).toEqual([201, 429]);
    expect((await token('prod01', 'nora')).status).toBe(201);
  });
});
