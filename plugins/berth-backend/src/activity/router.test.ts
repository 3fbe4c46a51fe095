import { createBackendModule } from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { SandboxCluster } from '@berth/cluster-sandbox';
import { ActivityEntry } from '@berth/plugin-berth-common';
import { berthConnectionStrategiesExtensionPoint } from '@berth/plugin-berth-node';
import request from 'supertest';
import { berthPlugin } from '../plugin';

jest.setTimeout(60_000);

const TEAM_A = 'group:default/team-a';
const TEAM_B = 'group:default/team-b';

function entity(kind: string, name: string, groups: string[]): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind,
    metadata: { name, uid: `uid-of-${name}` },
    relations: groups.map(target => ({
      type: 'memberOf',
      targetRef: `group:default/${target}`,
    })),
  };
}

const entities = [
  entity('User', 'ada', ['platform']),
  entity('User', 'alice', ['team-a']),
  entity('User', 'bob', ['team-b']),
  ...['platform', 'team-a', 'team-b'].map(name => entity('Group', name, [])),
];

const config = {
  backend: { baseUrl: 'https://portal.example.com' },
  berth: {
    admins: ['group:default/platform'],
    keys: { encryptionSecret: 'a secret of at least thirty-two characters' },
    allowedAddresses: ['127.0.0.0/8'],
  },
};

const sandboxes = new Map<string, SandboxCluster>();

// Each test needs new ones, because a cluster that another portal has managed is not ours to manage.
beforeEach(async () => {
  for (const name of ['prod', 'dev']) {
    sandboxes.set(name, await SandboxCluster.start({ name }));
  }
});

afterEach(async () => {
  await Promise.all([...sandboxes.values()].map(sandbox => sandbox.stop()));
});

/** Gives the reconciler access, so that it reports no failures. */
const byAdminToken = createBackendModule({
  pluginId: 'berth',
  moduleId: 'admin-token',
  register(env) {
    env.registerInit({
      deps: { strategies: berthConnectionStrategiesExtensionPoint },
      async init({ strategies }) {
        strategies.addConnectionStrategy('admin-token', () => ({
          validate() {},
          getToken: async ({ name }) => sandboxes.get(name)!.adminToken,
        }));
      },
    });
  },
});

function registration(name: string) {
  const { apiServer, caPem } = sandboxes.get(name)!;
  return { name, apiServer, caData: caPem, connection: 'admin-token' };
}

describe('the routes of activity', () => {
  const denied = new Set<string>();

  beforeEach(() => denied.clear());

  /** Starts a portal with two clusters. Both are shared with alice's team, and one with bob's. */
  async function setUp() {
    const { server } = await startTestBackend({
      features: [
        berthPlugin,
        byAdminToken,
        catalogServiceMock.factory({ entities }),
        mockServices.rootConfig.factory({ data: config }),
        mockServices.permissions.mock({
          authorize: async requests =>
            requests.map(({ permission }) => ({
              result: denied.has(permission.name)
                ? AuthorizeResult.DENY
                : AuthorizeResult.ALLOW,
            })),
          authorizeConditional: async requests =>
            requests.map(() => ({ result: AuthorizeResult.ALLOW })),
        }).factory,
      ],
    });
    const as =
      (person: string) =>
      (method: 'get' | 'post' | 'put' | 'delete', path: string) =>
        request(server)
          [method](`/api/berth${path}`)
          .set(
            'Authorization',
            mockCredentials.user.header(`user:default/${person}`),
          );
    const ada = as('ada');
    for (const name of ['prod', 'dev']) {
      await ada('post', '/clusters').send(registration(name));
    }
    await ada('put', '/clusters/prod/shares').send({
      groups: [TEAM_A, TEAM_B],
    });
    await ada('put', '/clusters/dev/shares').send({ groups: [TEAM_A] });
    const seen = async (
      person: string,
      query = '',
    ): Promise<ActivityEntry[]> => {
      const { body, status } = await as(person)('get', `/activity${query}`);
      expect(status).toBe(200);
      return body.items;
    };
    return { as, ada, seen };
  }

  const inShort = (entries: ActivityEntry[]) =>
    entries.map(({ event, cluster }) => `${event} ${cluster}`);

  it('S47 shows admins every write and every mint, with actor, action, place and jti', async () => {
    const { as, seen } = await setUp();
    const minted = await as('alice')('post', '/clusters/prod/token');
    expect(minted.status).toBe(201);
    const [{ payload }] = [minted.body.token.split('.')].map(parts => ({
      payload: JSON.parse(Buffer.from(parts[1], 'base64url').toString()),
    }));
    await as('alice')('put', '/clusters/prod/shares').send({ groups: [] });

    const entries = await seen('ada');
    expect(entries.slice(0, 3)).toEqual([
      {
        id: expect.any(String),
        at: expect.any(String),
        actor: 'user:default/alice',
        event: 'cluster-share',
        outcome: 'Failed',
        error: expect.stringContaining('Only platform admins'),
        clusterId: payload.aud,
        cluster: 'prod',
        groups: [],
      },
      {
        id: expect.any(String),
        at: expect.any(String),
        actor: 'user:default/alice',
        event: 'token-mint',
        outcome: 'Succeeded',
        clusterId: payload.aud,
        cluster: 'prod',
        groups: [],
        jti: payload.jti,
        meta: { subject: 'user:alice', groups: ['cluster-scope', 'team-a'] },
      },
      {
        id: expect.any(String),
        at: expect.any(String),
        actor: 'user:default/ada',
        event: 'cluster-share',
        outcome: 'Succeeded',
        clusterId: expect.any(String),
        cluster: 'dev',
        groups: [TEAM_A],
        meta: { added: [TEAM_A], removed: [] },
      },
    ]);
    expect(inShort(entries.slice(3))).toEqual([
      'cluster-share prod',
      'cluster-create dev',
      'cluster-create prod',
    ]);
    expect(inShort(await seen('ada', `?jti=${payload.jti}`))).toEqual([
      'token-mint prod',
    ]);
    expect(JSON.stringify(entries)).not.toMatch(/eyJ|BEGIN/);
  });

  it('shows others their own actions, and actions that touch their groups without the details of others', async () => {
    const { as, seen } = await setUp();
    await as('alice')('post', '/clusters/prod/token');
    expect(inShort(await seen('alice'))).toEqual([
      'token-mint prod',
      'cluster-share dev',
      'cluster-share prod',
    ]);
    const [share, ...others] = await seen('bob');
    expect(others).toEqual([]);
    expect(share).toEqual({
      id: expect.any(String),
      at: expect.any(String),
      actor: 'user:default/ada',
      event: 'cluster-share',
      outcome: 'Succeeded',
      clusterId: expect.any(String),
      cluster: 'prod',
      groups: [TEAM_B],
    });
    expect(await seen('bob', `?group=${TEAM_A}`)).toEqual([]);
    expect(await seen('bob', '?actor=user:default/alice')).toEqual([]);
  });

  it('R11 finds the entries of a deleted cluster, by its name', async () => {
    const { ada, seen } = await setUp();
    const { status } = await ada('delete', '/clusters/prod');
    expect(status).toBe(204);
    const entries = await seen('ada', '?cluster=prod');
    expect(entries[0]).toMatchObject({
      event: 'cluster-delete',
      cluster: 'prod',
      outcome: 'Succeeded',
    });
  });

  it('filters and pages', async () => {
    const { ada, seen } = await setUp();
    expect(inShort(await seen('ada', '?cluster=dev'))).toEqual([
      'cluster-share dev',
      'cluster-create dev',
    ]);
    expect(
      inShort(await seen('ada', '?event=cluster-create&cluster=prod')),
    ).toEqual(['cluster-create prod']);
    expect(await seen('ada', '?until=2020-01-01')).toEqual([]);

    const page = async (query: string) =>
      (await ada('get', `/activity?limit=3${query}`)).body;
    const first = await page('');
    expect(first.items).toHaveLength(3);
    expect(first.previous).toBeUndefined();
    const second = await page(`&cursor=${first.next}`);
    expect(inShort(second.items)).toEqual(['cluster-create prod']);
    expect(second.next).toBeUndefined();
    const back = await page(`&cursor=${second.previous}`);
    expect(back).toEqual({ items: first.items, next: first.next });
    const file = await ada(
      'get',
      `/activity?format=csv&cursor=${second.previous}`,
    );
    expect(file.status).toBe(400);
    expect(file.body.error.message).toContain('cursor leads to newer entries');
  });

  it('shows the activity of a cluster to people who may see it, without that of a former cluster with its name', async () => {
    const { as, ada } = await setUp();
    const of = async (person: string, name: string) =>
      as(person)('get', `/clusters/${name}/activity`);
    expect((await of('bob', 'dev')).status).toBe(404);
    expect(inShort((await of('bob', 'prod')).body.items)).toEqual([
      'cluster-share prod',
    ]);
    await ada('delete', '/clusters/dev');
    await ada('post', '/clusters').send(registration('dev'));
    expect(inShort((await of('ada', 'dev')).body.items)).toEqual([
      'cluster-create dev',
    ]);
    const all = await ada('get', '/activity?cluster=dev');
    expect(inShort(all.body.items)).toEqual([
      'cluster-create dev',
      'cluster-delete dev',
      'cluster-share dev',
      'cluster-create dev',
    ]);
  });

  it('exports everything that a person may see, as CSV and as JSON lines', async () => {
    const { as, ada } = await setUp();
    const csv = await ada('get', '/activity').set('Accept', 'text/csv');
    expect(csv.headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(csv.headers['content-disposition']).toContain('activity.csv');
    const lines = csv.text.trimEnd().split('\r\n');
    expect(lines).toHaveLength(5);
    expect(lines[0]).toBe(
      '"id","at","actor","event","outcome","error","cluster","clusterId","namespace","groups","jti","meta"',
    );
    expect(lines[1]).toContain('"user:default/ada","cluster-share"');

    const json = await as('bob')('get', '/activity?format=jsonl').buffer(true);
    expect(json.headers['content-type']).toBe(
      'application/jsonl; charset=utf-8',
    );
    const entries = json.text ?? json.body.toString();
    expect(
      `${entries}`
        .trim()
        .split('\n')
        .map(line => JSON.parse(line).groups),
    ).toEqual([[TEAM_B]]);
    const limited = await ada('get', '/activity?format=csv&limit=1');
    expect(limited.text.trimEnd().split('\r\n')).toHaveLength(2);
  });

  it('refuses an invalid query, and names the problem', async () => {
    const { as } = await setUp();
    const refused: [string, string][] = [
      ['limit=0', 'limit'],
      ['limit=501', 'limit'],
      ['cursor=nonsense', 'cursor'],
      ['cursor=', 'cursor'],
      ['since=yesterday', 'since'],
      ['outcome=Maybe', 'outcome'],
      ['group=team-a', 'team-a'],
      ['format=xml', 'format'],
      ['actor=a%00b', 'actor'],
      ['colour=blue', 'colour'],
    ];
    for (const [query, field] of refused) {
      const { status, body } = await as('ada')('get', `/activity?${query}`);
      expect([query, status, body.error.message]).toEqual([
        query,
        400,
        expect.stringContaining(field),
      ]);
    }
  });

  it('shows nothing if the policy denies it', async () => {
    const { as } = await setUp();
    denied.add('berth.activity.read');
    const { status } = await as('ada')('get', '/activity');
    expect(status).toBe(403);
  });
});
