import { permissionsServiceFactory } from '@backstage/backend-defaults/permissions';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import {
  BackendFeature,
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import {
  AuthorizeResult,
  DefinitivePolicyDecision,
} from '@backstage/plugin-permission-common';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { SandboxCluster } from '@berth/cluster-sandbox';
import express, { Response } from 'express';
import request from 'supertest';
import { JoseTokenSigner } from '../issuer/JoseTokenSigner';
import { berthPlugin } from '../plugin';

jest.setTimeout(60_000);

const DEFAULT_CONFIG = {
  backend: { baseUrl: 'https://portal.example.com' },
  berth: {
    admins: ['group:default/platform'],
    keys: { encryptionSecret: 'a secret of at least thirty-two characters' },
    allowedAddresses: ['127.0.0.0/8'],
  },
};

function entity(kind: string, name: string, ...groups: string[]) {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind,
    metadata: { name },
    relations: groups.map(group => ({
      type: 'memberOf',
      targetRef: `group:default/${group}`,
    })),
  };
}

const entities = [
  entity('User', 'ada', 'platform'),
  entity('User', 'alice', 'team-a'),
  entity('Group', 'platform'),
  entity('Group', 'team-a'),
];

const ALLOWED: DefinitivePolicyDecision = { result: AuthorizeResult.ALLOW };

const down = async (): Promise<never> => {
  throw new Error('connect ECONNREFUSED 127.0.0.1:7007');
};

describe('while a service that decides is unavailable', () => {
  let sandbox: SandboxCluster;
  let audited: string[];

  beforeAll(async () => {
    sandbox = await SandboxCluster.start({ name: 'outages' });
  });

  afterAll(() => sandbox.stop());

  beforeEach(() => {
    audited = [];
  });

  afterEach(() => {
    jest.restoreAllMocks();
  });

  const auditor = () =>
    mockServices.auditor.mock({
      createEvent: async ({ eventId, request: asked }) => {
        const note = async (outcome: string) => {
          // The portal's own tokens, for its probes, belong to no request.
          if (eventId === 'token-mint' && asked) {
            audited.push(outcome);
          }
        };
        return {
          success: () => note('success'),
          fail: () => note('fail'),
        };
      },
    }).factory;

  const as = (name: string) => ({
    Authorization: mockCredentials.user.header(`user:default/${name}`),
  });

  async function start(
    features: BackendFeature[],
    config: object = DEFAULT_CONFIG,
  ) {
    const { server } = await startTestBackend({
      features: [
        berthPlugin,
        auditor(),
        mockServices.rootConfig.factory({ data: config as never }),
        ...features,
      ],
    });
    return request(server);
  }

  async function register(api: Awaited<ReturnType<typeof start>>) {
    await api
      .post('/api/berth/clusters')
      .set(as('ada'))
      .send({
        name: 'prod01',
        apiServer: sandbox.apiServer,
        caData: sandbox.caPem,
      })
      .expect(201);
    await api
      .put('/api/berth/clusters/prod01/shares')
      .set(as('ada'))
      .send({ groups: ['group:default/team-a'] })
      .expect(200);
  }

  /** Asks for a token, and returns the status and whether anything was signed. */
  async function mint(
    api: Awaited<ReturnType<typeof start>>,
    person = 'alice',
  ) {
    const sign = jest.spyOn(JoseTokenSigner.prototype, 'sign').mockClear();
    audited = [];
    const { status, text } = await api
      .post('/api/berth/clusters/prod01/token')
      .set(as(person));
    const signed = sign.mock.calls.filter(([{ sub }]) =>
      sub.startsWith('user:'),
    );
    return { status, token: /eyJ/.test(text), signed: signed.length, audited };
  }

  const NOTHING = {
    status: expect.any(Number),
    token: false,
    signed: 0,
    audited: ['fail'],
  };

  it.each(['user', 'group'])(
    'S11 signs nothing while the catalog does not return a %s, and signs again when it does',
    async kind => {
      const catalog = catalogServiceMock({ entities });
      let away = false;
      const api = await start([
        catalogServiceMock.mock({
          getEntitiesByRefs: (asked, options) =>
            away && asked.entityRefs[0].startsWith(`${kind}:`)
              ? down()
              : catalog.getEntitiesByRefs(asked, options),
        }).factory,
      ]);
      await register(api);
      away = true;
      const outage = await mint(api);
      expect(outage).toEqual(NOTHING);
      expect(outage.status).toBeGreaterThanOrEqual(500);
      away = false;
      expect(await mint(api)).toEqual({
        status: 201,
        token: true,
        signed: 1,
        audited: ['success'],
      });
    },
  );

  it.each([
    ['fails', down],
    ['answers with nothing', async () => []],
    ['answers with what is no decision', async () => [{ result: 'MAYBE' }]],
  ])('S11 signs nothing when the permission backend %s', async (_, broken) => {
    let away = false;
    const permissions = mockServices.permissions.mock({
      authorize: async asked =>
        away ? (broken() as never) : asked.map(() => ALLOWED),
      authorizeConditional: async asked =>
        away ? (broken() as never) : asked.map(() => ALLOWED),
    });
    const api = await start([
      catalogServiceMock.factory({ entities }),
      permissions.factory,
    ]);
    await register(api);
    expect((await mint(api)).status).toBe(201);
    away = true;
    for (const person of ['alice', 'ada']) {
      expect(await mint(api, person)).toEqual(NOTHING);
    }
    away = false;
    expect((await mint(api)).status).toBe(201);
  });

  it.each([
    ['drops the connection', (response: Response) => response.destroy()],
    ['is overloaded', (response: Response) => response.status(503).end()],
    ['is not there', (response: Response) => response.status(404).end()],
    ['answers with a page', (response: Response) => response.send('<html>')],
  ])(
    'S11 signs nothing when the permission backend, asked over the network, %s',
    async (_, broken) => {
      let away = false;
      const api = await start(
        [
          catalogServiceMock.factory({ entities }),
          permissionsServiceFactory,
          permissionBackend((asked, response) => {
            if (away) {
              broken(response);
            } else {
              const items = asked.map(({ id }) => ({ id, result: 'ALLOW' }));
              response.json({ items });
            }
          }),
        ],
        { ...DEFAULT_CONFIG, permission: { enabled: true } },
      );
      await register(api);
      expect((await mint(api)).status).toBe(201);
      away = true;
      for (const person of ['alice', 'ada']) {
        expect(await mint(api, person)).toEqual(NOTHING);
      }
      away = false;
      expect((await mint(api)).status).toBe(201);
    },
  );
});

function permissionBackend(
  answer: (asked: { id: string }[], response: Response) => void,
) {
  return createBackendPlugin({
    pluginId: 'permission',
    register(env) {
      env.registerInit({
        deps: { httpRouter: coreServices.httpRouter },
        async init({ httpRouter }) {
          const router = express.Router();
          router.use(express.json());
          router.post('/authorize', (asked, response) =>
            answer(asked.body.items, response),
          );
          httpRouter.use(router);
        },
      });
    },
  });
}
