import { MiddlewareFactory } from '@backstage/backend-defaults/rootHttpRouter';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
  TestDatabases,
} from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { API_ROUTES } from '@berth/plugin-berth-common';
import express, { Handler, IRouter } from 'express';
import request from 'supertest';
import { berthPlugin } from '../plugin';
import { DatabaseClusterStore } from '../registry/DatabaseClusterStore';
import { DatabaseShareStore } from '../tenancy/DatabaseShareStore';

jest.setTimeout(120_000);

type Method = 'post' | 'put' | 'patch';

/** Every writing route, with a path on the test portal that reaches the route's body. */
const WITH_BODY: [Method, route: string, path: string][] = [
  ['post', '/clusters', '/clusters'],
  ['patch', '/clusters/:name', '/clusters/prod'],
  ['put', '/clusters/:name/shares', '/clusters/prod/shares'],
  ['post', '/clusters/:name/shares', '/clusters/prod/shares'],
  ['post', '/clusters/:name/token', '/clusters/prod/token'],
  ['post', '/clusters/:name/rebuilt', '/clusters/prod/rebuilt'],
  ['post', '/clusters/:name/plan/confirm', '/clusters/prod/plan/confirm'],
  [
    'post',
    '/clusters/:name/plan/leftovers/remove',
    '/clusters/prod/plan/leftovers/remove',
  ],
  [
    'post',
    '/clusters/:name/plan/pod-security',
    '/clusters/prod/plan/pod-security',
  ],
  ['post', '/clusters/:name/plan/identity', '/clusters/prod/plan/identity'],
  ['post', '/clusters/:name/plan/take-over', '/clusters/prod/plan/take-over'],
  [
    'post',
    '/clusters/:name/personal-namespace',
    '/clusters/prod/personal-namespace',
  ],
  [
    'post',
    '/clusters/:cluster/namespaces/:namespace/transfer',
    '/clusters/prod/namespaces/team-a/transfer',
  ],
  ['post', '/clusters/:name/profile/preview', '/clusters/prod/profile/preview'],
  ['post', '/clusters/:cluster/namespaces', '/clusters/prod/namespaces'],
  [
    'patch',
    '/clusters/:cluster/namespaces/:namespace',
    '/clusters/prod/namespaces/team-a',
  ],
  [
    'put',
    '/clusters/:cluster/namespaces/:namespace/grants',
    '/clusters/prod/namespaces/team-a/grants',
  ],
  [
    'put',
    '/clusters/:cluster/namespaces/:namespace/quota',
    '/clusters/prod/namespaces/team-a/quota',
  ],
  ...['actions', 'reveal'].map((action): [Method, string, string] => [
    'post',
    `/clusters/:cluster/objects/:group/:plural/:name/${action}`,
    `/clusters/prod/objects/core/secrets/s/${action}?namespace=team-a`,
  ]),
  [
    'patch',
    '/clusters/:cluster/objects/:group/:plural/:name',
    '/clusters/prod/objects/core/secrets/s?namespace=team-a',
  ],
  ['post', '/clusters/:cluster/apply', '/clusters/prod/apply'],
  [
    'post',
    '/clusters/:cluster/namespaces/:namespace/pods/:pod/terminal',
    '/clusters/prod/namespaces/team-a/pods/p/terminal',
  ],
  ['post', '/helm/previews', '/helm/previews'],
  [
    'put',
    '/helm/operations/:id',
    '/helm/operations/01ARZ3NDEKTSV4RRFFQ69G5FAV',
  ],
  [
    'post',
    '/clusters/:cluster/namespaces/:namespace/releases/:release/unlock',
    '/clusters/prod/namespaces/team-a/releases/r/unlock',
  ],
  [
    'post',
    '/clusters/:cluster/namespaces/:namespace/releases/:release/reveal',
    '/clusters/prod/namespaces/team-a/releases/r/reveal',
  ],
  ['post', '/requests', '/requests'],
  ['put', '/requests/:id', '/requests/DRAFT'],
  ['post', '/requests/:id/decision', '/requests/SUBMITTED/decision'],
  ['post', '/issuer/keys/revoke', '/issuer/keys/revoke'],
  ['post', '/kubectl/devices', '/kubectl/devices'],
  ...['activate', 'credential', 'clusters', 'end'].map(
    (action): [Method, string, string] => [
      'post',
      `/kubectl/session/${action}`,
      `/kubectl/session/${action}`,
    ],
  ),
  ['post', '/helm/repositories', '/helm/repositories'],
  ['patch', '/helm/repositories/:name', '/helm/repositories/prod'],
];

/** Routes that read no body. */
const WITHOUT_BODY: [Method, route: string][] = [
  ['post', '/clusters/:name/checks'],
  ['post', '/helm/repositories/:name/refresh'],
  ['post', '/requests/:id/submit'],
  ['post', '/requests/:id/withdraw'],
  ['post', '/requests/:id/retry'],
  ['post', '/issuer/keys/rotate'],
];

/** Returns the routes of a router and of its nested routers. */
function routesOf(router: IRouter): string[] {
  return router.stack.flatMap(({ route, handle }) => {
    if (route) {
      const methods = new Set(route.stack.map(({ method }) => method));
      return [...methods].map(method => `${method} ${route.path}`);
    }
    const nested = handle as Partial<IRouter>;
    return nested.stack ? routesOf(nested as IRouter) : [];
  });
}

function writesOf(router: IRouter): string[] {
  return routesOf(router).filter(route => /^(post|put|patch) /.test(route));
}

describe('the router of the plugin', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3'] });

  async function setUp() {
    const knex = await databases.init('SQLITE_3');
    const mounted: Handler[] = [];
    const person = (name: string, groups: string[]) => ({
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'User',
      metadata: { name },
      relations: groups.map(group => ({
        type: 'memberOf',
        targetRef: `group:default/${group}`,
      })),
    });
    await startTestBackend({
      features: [
        berthPlugin,
        catalogServiceMock.factory({
          entities: [
            person('ada', ['platform']),
            person('alice', ['team-a']),
            ...['platform', 'team-a'].map(name => ({
              apiVersion: 'backstage.io/v1alpha1',
              kind: 'Group',
              metadata: { name },
            })),
          ],
        }),
        mockServices.database.mock({ getClient: async () => knex }).factory,
        mockServices.httpRouter.mock({
          use: handler => mounted.push(handler),
        }).factory,
        mockServices.rootConfig.factory({
          data: {
            backend: { baseUrl: 'https://portal.example.com' },
            berth: {
              admins: ['group:default/platform'],
              keys: {
                encryptionSecret: 'a secret of at least thirty-two characters',
              },
              terminal: { enabled: true },
            },
          },
        }),
      ],
    });
    const cluster = await DatabaseClusterStore.create(knex).create({
      name: 'prod',
      apiServer: 'https://k8s.example.com',
      caPem: 'unused',
      connection: 'oidc',
      usernamePrefix: '',
      groupsPrefix: '',
    });
    const shares = DatabaseShareStore.create(knex);
    await shares.replace(cluster.id, ['group:default/team-a']);
    const app = express()
      .use(...mounted)
      .use(
        MiddlewareFactory.create({
          config: mockServices.rootConfig(),
          logger: mockServices.logger.mock(),
        }).error(),
      );
    const as =
      (name: string) => (method: Method, path: string, body: string | object) =>
        request(app)
          [method](path)
          .set({
            Authorization: mockCredentials.user.header(`user:default/${name}`),
            'Content-Type': 'application/json',
          })
          .send(body);
    // Backstage mounts the routers of its own services first.
    return { as, router: mounted[mounted.length - 1] as IRouter };
  }

  it('has exactly the routes of the contract', async () => {
    const { router } = await setUp();
    const contract = API_ROUTES.map(
      ({ method, path }) => `${method} ${path.replace(/\{(\w+)\}/g, ':$1')}`,
    );
    expect([...new Set(routesOf(router))].sort()).toEqual(contract.sort());
  });

  it('refuses a bad body in every writing route', async () => {
    const { as, router } = await setUp();
    expect(writesOf(router).sort()).toEqual(
      [...WITH_BODY, ...WITHOUT_BODY]
        .map(([method, route]) => `${method} ${route}`)
        .concat('post /clusters')
        .sort(),
    );

    const made = async (name: string, draft: boolean) => {
      const { body } = await as(name)('post', '/requests', {
        kind: 'quota',
        cluster: 'prod',
        namespace: 'team-a',
        quota: { hard: { pods: '3' } },
        draft,
      });
      return body.id as string;
    };
    const ids = {
      DRAFT: await made('ada', true),
      SUBMITTED: await made('alice', false),
    };
    const answers: [string, number][] = [];
    for (const [method, , path] of WITH_BODY) {
      const url = path.replace(
        /DRAFT|SUBMITTED/,
        which => ids[which as keyof typeof ids],
      );
      for (const body of ['{"broken":', { nonsense: true }]) {
        const { status } = await as('ada')(method, url, body);
        answers.push([`${method} ${path} ${JSON.stringify(body)}`, status]);
      }
    }
    for (const [method, route] of WITHOUT_BODY) {
      const url = route.replace(':name', 'prod').replace(':id', ids.DRAFT);
      const { status } = await as('ada')(method, url, '{"broken":');
      answers.push([`${method} ${route}`, status]);
    }
    expect(answers.filter(([, status]) => status !== 400)).toEqual([]);
  });
});
