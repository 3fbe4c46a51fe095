import { createBackendModule } from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { InputError } from '@backstage/errors';
import { JsonObject } from '@backstage/types';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { SandboxCluster } from '@berth/cluster-sandbox';
import {
  berthConnectionStrategiesExtensionPoint,
  ConnectionStrategy,
} from '@berth/plugin-berth-node';
import request from 'supertest';
import { berthPlugin } from './plugin';

jest.setTimeout(60_000);

/** A strategy as another developer would write it: it exchanges a password for a token. */
class PasswordStrategy implements ConnectionStrategy {
  readonly #token: string;

  constructor(token: string) {
    this.#token = token;
  }

  validate(credential: Record<string, string> | undefined) {
    if (!credential?.password) {
      throw new InputError('credential.password is missing');
    }
  }

  async getToken(
    _: unknown,
    credential: { secret: Record<string, string> } | undefined,
  ) {
    return credential?.secret.password === 'open sesame'
      ? this.#token
      : 'wrong';
  }
}

describe('the connections of the berth plugin', () => {
  let sandbox: SandboxCluster;

  beforeAll(async () => {
    sandbox = await SandboxCluster.start({ name: 'connections-test' });
  });

  afterAll(() => sandbox.stop());

  async function start(berth: JsonObject = {}) {
    const module = createBackendModule({
      pluginId: 'berth',
      moduleId: 'password',
      register(env) {
        env.registerInit({
          deps: { strategies: berthConnectionStrategiesExtensionPoint },
          async init({ strategies }) {
            strategies.addConnectionStrategy(
              'password',
              () => new PasswordStrategy(sandbox.adminToken),
            );
          },
        });
      },
    });
    const { server } = await startTestBackend({
      features: [
        berthPlugin,
        module,
        catalogServiceMock.factory({
          entities: [
            {
              apiVersion: 'backstage.io/v1alpha1',
              kind: 'User',
              metadata: { name: 'ada' },
              relations: [
                { type: 'memberOf', targetRef: 'group:default/platform' },
              ],
            },
            {
              apiVersion: 'backstage.io/v1alpha1',
              kind: 'Group',
              metadata: { name: 'platform' },
            },
          ],
        }),
        mockServices.rootConfig.factory({
          data: {
            backend: { baseUrl: 'https://portal.example.com' },
            berth: {
              admins: ['group:default/platform'],
              keys: {
                encryptionSecret: 'a secret of at least thirty-two characters',
              },
              allowedAddresses: ['127.0.0.0/8'],
              ...berth,
            },
          },
        }),
      ],
    });
    const ada = {
      Authorization: mockCredentials.user.header('user:default/ada'),
    };
    const api = request(server);
    const get = async (name: string) =>
      (await api.get(`/api/berth/clusters/${name}`).set(ada)).body;
    return {
      get,
      post: (body: object) =>
        api.post('/api/berth/clusters').set(ada).send(body),
      connected: async (name: string) => {
        for (let attempt = 0; attempt < 500; attempt++) {
          const cluster = await get(name);
          if (cluster.status?.state === 'Connected') {
            return cluster;
          }
          await new Promise(resolve => setTimeout(resolve, 100));
        }
        throw new Error(`${name} is not connected`);
      },
    };
  }

  it('S26 connects to a cluster by a strategy of a module, and shows no credential', async () => {
    const { connected, post } = await start();
    const body = {
      name: 'byword',
      apiServer: sandbox.apiServer,
      caData: sandbox.caPem,
      connection: 'password',
    };
    const refused = await post(body);
    expect(refused.status).toBe(400);
    expect(refused.body.error.message).toBe('credential.password is missing');
    const created = await post({
      ...body,
      credential: { password: 'open sesame' },
    });
    expect(created.status).toBe(201);
    expect(created.text).not.toContain('open sesame');
    await expect(connected('byword')).resolves.toMatchObject({
      connection: 'password',
      credential: { state: 'Valid' },
    });
  });

  it('registers the clusters of the configuration', async () => {
    const { connected } = await start({
      clusters: [
        {
          name: 'listed',
          apiServer: sandbox.apiServer,
          caData: sandbox.caPem,
          connection: 'password',
          credential: { password: 'open sesame' },
          links: [{ title: 'Console', url: 'https://console.example.com' }],
        },
      ],
    });
    await expect(connected('listed')).resolves.toMatchObject({
      owner: 'config',
      links: [{ title: 'Console' }],
    });
  });
});
