import { mockServices } from '@backstage/backend-test-utils';
import { ConnectionStrategy } from '@berth/plugin-berth-node';
import { KubeClient, KubeClientFactory, KubeError, KubeObject } from '../kube';
import { ConnectionStrategies } from './connection/ConnectionStrategies';
import { StoredCredential } from '../model/credentials';
import { ClusterRecord, ClusterStore } from '../model/clusters';
import { ClusterIdentity, AddressChange } from './ClusterIdentity';

/** A server: the CA of its certificate, the cluster behind it, and the tokens that it received. */
interface Server {
  caPem: string;
  uid: string;
  tokens: string[];
  failure?: KubeError;
}

const OLD = 'https://old.example.com';
const NEW = 'https://new.example.com';

const cluster: ClusterRecord = {
  id: 'c1',
  name: 'prod01',
  apiServer: OLD,
  caPem: 'old CA',
  connection: 'oidc',
  kubectlVia: 'direct',
  usernamePrefix: '',
  groupsPrefix: '',
  owner: 'api',
  revision: 1,
  status: { state: 'Connected', lastSeenAt: '2026-11-21T00:00:00.000Z' },
  createdAt: '2026-11-21T00:00:00.000Z',
  updatedAt: '2026-11-21T00:00:00.000Z',
};

const kept: StoredCredential = {
  strategy: 'kept',
  secret: { token: 'kept token' },
};

describe('ClusterIdentity', () => {
  function setUp() {
    const servers: Record<string, Server> = {
      [OLD]: { caPem: 'old CA', uid: 'uid-1', tokens: [] },
      [NEW]: { caPem: 'new CA', uid: 'uid-1', tokens: [] },
    };
    const clients: KubeClientFactory = {
      create: ({ apiServer, caPem }, getToken) => {
        const answer = async () => {
          const server = servers[apiServer];
          if (server.failure) {
            throw server.failure;
          }
          if (server.caPem !== caPem) {
            throw new KubeError('TLS', `${apiServer} is not of this CA`);
          }
          const token = await getToken();
          server.tokens.push(token);
          if (token === 'none') {
            throw new KubeError('Unauthorized', 'Who are you?');
          }
          return server;
        };
        const client: Partial<KubeClient> = {
          version: async () => {
            await answer();
            return { gitVersion: 'v1.33.1' };
          },
          async get<T extends KubeObject>(): Promise<T | undefined> {
            const { uid } = await answer();
            const namespace: KubeObject = {
              apiVersion: 'v1',
              kind: 'Namespace',
              metadata: { name: 'kube-system', uid },
            };
            return namespace as T;
          },
        };
        return client as KubeClient;
      },
      close: async () => {},
    };
    const own: ConnectionStrategy = {
      validate() {},
      getToken: async () => 'full token',
      getIdentityToken: async () => 'identity token',
    };
    const stored: ConnectionStrategy = {
      validate() {},
      getToken: async (_, credential) => credential?.secret.token ?? 'nothing',
    };
    const pin = jest.fn(async () => {});
    const list = jest.fn(async () => [cluster]);
    const logger = mockServices.logger.mock();
    const identity = ClusterIdentity.create({
      clients,
      clusters: { pin, list } as Partial<ClusterStore> as ClusterStore,
      connect: ({ apiServer, caPem }) =>
        clients.create({ apiServer, caPem }, async () => 'full token'),
      credentials: {
        get: async () => kept,
        list: async () => [],
        renew: async () => true,
        recordFailure: async () => true,
      },
      strategies: new ConnectionStrategies()
        .add('oidc', own)
        .add('kept', stored),
      logger,
    });
    const move = (changes: Partial<AddressChange> = {}, record = cluster) =>
      identity.assertSame(
        { kubeSystemUid: 'uid-1', ...record },
        { apiServer: NEW, caPem: 'new CA', connection: 'oidc', ...changes },
      );
    return { identity, list, logger, move, pin, servers };
  }

  it('S25 sends a server of another CA only a token with the single right to read the UID', async () => {
    const { move, servers } = setUp();
    await expect(move()).resolves.toBeUndefined();
    expect(servers[NEW].tokens).toEqual(['identity token']);
    expect(servers[OLD].tokens).toEqual([]);
  });

  it('S25 refuses another cluster, naming both UIDs', async () => {
    const { move, servers } = setUp();
    servers[NEW].uid = 'uid-2';
    await expect(move()).rejects.toMatchObject({
      name: 'ConflictError',
      message: expect.stringMatching(/uid-2.*"prod01" has uid-1\. Nothing was/),
    });
  });

  it('S25 sends no stored token to a server of another CA', async () => {
    const { move, servers } = setUp();
    await expect(move({ connection: 'kept' })).rejects.toThrow(
      /not of the CA that "prod01" had until now, so the token .* is not sent/,
    );
    expect(servers[NEW].tokens).toEqual([]);
  });

  it('S25 sends the stored token if the server has a certificate of the former CA', async () => {
    const { move, servers } = setUp();
    servers[NEW].caPem = 'old CA';
    await move({ connection: 'kept', caPem: 'old CA' });
    expect(servers[NEW].tokens).toEqual(['none', 'kept token']);
  });

  it('S25 uses the credential that was entered for the new address', async () => {
    const { move, servers } = setUp();
    const credential = { strategy: 'kept', secret: { token: 'new token' } };
    await move({ connection: 'kept', credential });
    expect(servers[NEW].tokens).toEqual(['new token']);
  });

  it.each<[string, KubeError, RegExp]>([
    ['is out of reach', new KubeError('TCP', 'Nobody there'), /Nobody there/],
    ['is too slow', new KubeError('Timeout', 'Too slow'), /Too slow/],
    [
      'refuses the token',
      new KubeError('Unauthorized', '401'),
      /must trust the portal for this cluster/,
    ],
    [
      'does not let it look',
      new KubeError('Forbidden', '403'),
      /Apply the onboarding manifest to the cluster again/,
    ],
  ])('S25 refuses a new address that %s', async (_, failure, message) => {
    const { move, servers } = setUp();
    servers[NEW].failure = failure;
    await expect(move()).rejects.toMatchObject({
      name: 'ConflictError',
      message: expect.stringMatching(message),
    });
    await expect(move({ connection: 'kept' })).rejects.toThrow(
      'Nothing was changed',
    );
  });

  it('S25 refuses a new address while the former cluster cannot be identified', async () => {
    const { move, servers, pin } = setUp();
    const unknown = { ...cluster, kubeSystemUid: undefined };
    servers[OLD].failure = new KubeError('TCP', 'Gone');
    await expect(move({}, unknown)).rejects.toMatchObject({
      name: 'ConflictError',
      message: expect.stringMatching(
        /cannot identify the cluster "prod01".*Gone/,
      ),
    });
    expect(servers[NEW].tokens).toEqual([]);

    servers[OLD].failure = undefined;
    await expect(move({}, unknown)).resolves.toBeUndefined();
    expect(pin).toHaveBeenCalledWith('c1', 'uid-1');
  });

  it('allows correcting the address of a cluster that was never reached', async () => {
    const { move, servers } = setUp();
    await move(
      {},
      {
        ...cluster,
        kubeSystemUid: undefined,
        status: { state: 'Unreachable', cause: 'DNS' },
      },
    );
    expect(servers[NEW].tokens).toEqual([]);
  });

  it('pins connected clusters that are not pinned yet, even if others fail', async () => {
    const { identity, list, logger, pin, servers } = setUp();
    servers[NEW].failure = new KubeError('TCP', 'Gone');
    list.mockResolvedValue([
      { ...cluster, id: 'away', apiServer: NEW },
      cluster,
      { ...cluster, id: 'pinned', kubeSystemUid: 'uid-1' },
      { ...cluster, id: 'pending', status: { state: 'Pending' } },
    ]);
    await identity.pinAll();
    expect(pin.mock.calls).toEqual([['c1', 'uid-1']]);
    expect(logger.warn).toHaveBeenCalledTimes(1);
  });
});
