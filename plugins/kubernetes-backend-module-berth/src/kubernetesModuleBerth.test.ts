import {
  coreServices,
  createBackendPlugin,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import {
  ClusterDetails,
  KubernetesClustersSupplier,
  KubernetesClusterSupplierFactory,
  kubernetesClusterSupplierExtensionPoint,
  kubernetesFetcherExtensionPoint,
} from '@backstage/plugin-kubernetes-node';
import { createServer, IncomingMessage } from 'node:http';
import { AddressInfo } from 'node:net';
import kubernetesModuleBerth from './index';

const STAGING = {
  id: '01M7Z2MQ9RJT74KJJRT04QPC2J',
  name: 'staging',
  title: 'Staging',
  apiServer: 'https://staging.example.com:6443',
  caData: 'Y2E=',
  shares: [{ group: 'group:default/team-a' }],
};
const OLD: ClusterDetails = {
  name: 'old',
  url: 'https://old.example.com',
  authMetadata: { 'kubernetes.io/auth-provider': 'serviceAccount' },
};

/** Stands in for Berth's backend. */
class FakeBerth {
  readonly requests: IncomingMessage[] = [];
  answer: { status: number; body: unknown } = {
    status: 200,
    body: { items: [STAGING], totalItems: 1 },
  };
  readonly #server = createServer((request, response) => {
    this.requests.push(request);
    response.statusCode = this.answer.status;
    response.setHeader('Content-Type', 'application/json');
    response.end(JSON.stringify(this.answer.body));
  });

  async start(): Promise<string> {
    await new Promise<void>(done => this.#server.listen(0, '127.0.0.1', done));
    const { port } = this.#server.address() as AddressInfo;
    return `http://127.0.0.1:${port}/api/berth`;
  }

  stop() {
    this.#server.closeAllConnections();
    this.#server.close();
  }
}

describe('kubernetesModuleBerth', () => {
  const berth = new FakeBerth();
  let supplier: KubernetesClustersSupplier;
  let others: jest.Mock;

  beforeEach(async () => {
    const baseUrl = await berth.start();
    let factory: KubernetesClusterSupplierFactory | undefined;
    others = jest.fn(async () => [OLD]);
    await startTestBackend({
      features: [
        kubernetesModuleBerth,
        createBackendPlugin({
          pluginId: 'kubernetes',
          register(env) {
            env.registerExtensionPoint(
              kubernetesClusterSupplierExtensionPoint,
              {
                addClusterSupplier(added) {
                  factory = added as KubernetesClusterSupplierFactory;
                },
              },
            );
            env.registerExtensionPoint(kubernetesFetcherExtensionPoint, {
              addFetcher() {},
            });
            env.registerInit({ deps: {}, async init() {} });
          },
        }),
        createServiceFactory({
          service: coreServices.discovery,
          deps: {},
          factory: () => ({
            getBaseUrl: async () => baseUrl,
            getExternalBaseUrl: async () => baseUrl,
          }),
        }),
        mockServices.auth.factory(),
      ],
    });
    supplier = await factory!({
      getDefault: async () => ({ getClusters: others }),
    });
  });

  afterEach(() => {
    berth.stop();
    berth.requests.length = 0;
    berth.answer = {
      status: 200,
      body: { items: [STAGING], totalItems: 1 },
    };
  });

  const asAlice = () =>
    supplier.getClusters({
      credentials: mockCredentials.user('user:default/alice'),
    });

  it('lists the clusters that the caller can see in Berth and the plugin’s own clusters', async () => {
    expect(await asAlice()).toEqual([
      {
        name: 'staging',
        title: 'Staging',
        url: 'https://staging.example.com:6443',
        caData: 'Y2E=',
        authMetadata: {
          'kubernetes.io/auth-provider': 'oidc',
          'kubernetes.io/oidc-token-provider': '01m7z2mq9rjt74kjjrt04qpc2j',
        },
      },
      OLD,
    ]);
    const [request] = berth.requests;
    expect(request.url).toBe('/api/berth/clusters');
    expect(request.headers.authorization).toBe(
      mockCredentials.service.header({
        onBehalfOf: mockCredentials.user('user:default/alice'),
        targetPluginId: 'berth',
      }),
    );
  });

  it('shows a service no cluster of Berth', async () => {
    const credentials = mockCredentials.service('plugin:kubernetes');

    expect(await supplier.getClusters({ credentials })).toEqual([OLD]);
    expect(berth.requests).toEqual([]);
  });

  it('shows no cluster of Berth to people that Berth does not know', async () => {
    berth.answer = { status: 403, body: { error: { name: 'NotAllowed' } } };
    others.mockResolvedValue([]);

    expect(await asAlice()).toEqual([]);
  });

  it.each([
    ['Berth', () => (berth.answer = { status: 500, body: {} }), ['old']],
    ['the other', () => others.mockRejectedValue(new Error('!')), ['staging']],
  ])('leaves out %s source while it fails', async (_, fail, left) => {
    fail();

    expect((await asAlice()).map(({ name }) => name)).toEqual(left);
  });

  it('fails, instead of returning an empty list, when the only clusters could not be read', async () => {
    berth.answer = { status: 500, body: {} };
    others.mockResolvedValue([]);

    await expect(asAlice()).rejects.toThrow('500');
  });

  it('prefers Berth’s cluster if two clusters have the same name', async () => {
    others.mockResolvedValue([{ ...OLD, name: 'staging' }]);

    expect((await asAlice()).map(({ url }) => url)).toEqual([
      STAGING.apiServer,
    ]);
  });
});
