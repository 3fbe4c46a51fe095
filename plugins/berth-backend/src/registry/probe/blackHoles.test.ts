import { mockServices } from '@backstage/backend-test-utils';
import { ClusterStatus } from '@berth/plugin-berth-common';
import { once } from 'node:events';
import { AddressInfo, createServer, Server, Socket } from 'node:net';
import { AddressPolicy, DefaultKubeClientFactory } from '../../kube';
import { TestAuthority } from '../../kube/__testUtils__/certificates';
import { sendJson, TestServer } from '../../kube/__testUtils__/TestServer';
import { ClusterRecord, ClusterStore } from '../../model/clusters';
import { ClusterProber } from './ClusterProber';

const HOLES = 12;
const DEADLINE_MS = 3_000;

/** Accepts connections and sends nothing, like a firewall that drops packets. */
class BlackHole {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  static async open(): Promise<BlackHole> {
    const hole = new BlackHole();
    hole.#server.listen(0, '127.0.0.1');
    await once(hole.#server, 'listening');
    return hole;
  }

  private constructor() {
    this.#server = createServer(socket => {
      this.#sockets.add(socket);
      socket.on('error', () => {});
    });
  }

  get url(): string {
    return `https://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.#sockets.forEach(socket => socket.destroy());
    this.#server.close();
    await once(this.#server, 'close');
  }
}

describe('ClusterProber with real sockets', () => {
  it('S40 black-holed clusters do not delay the others, and end by the deadline', async () => {
    const authority = await TestAuthority.create('ca');
    const server = await TestServer.start(await authority.issue());
    server.answer = (request, response) =>
      sendJson(
        response,
        request.url === '/version'
          ? { gitVersion: 'v1.33.1' }
          : {
              apiVersion: 'v1',
              kind: 'NodeList',
              metadata: { resourceVersion: '1' },
              items: [],
            },
      );
    const holes = await Promise.all(
      Array.from({ length: HOLES }, () => BlackHole.open()),
    );
    const clients = DefaultKubeClientFactory.create({
      policy: AddressPolicy.create({ allow: ['127.0.0.0/8'] }),
      fieldManager: 'berth',
    });
    const addresses = new Map(
      [...holes, server].map(({ url }, index) => [`c${index}`, url]),
    );
    const good = `c${HOLES}`;
    const statuses = new Map<string, ClusterStatus>();
    const order: string[] = [];
    const record = (id: string) =>
      ({
        id,
        name: id,
        apiServer: addresses.get(id),
        caPem: authority.pem,
        status: { state: 'Pending' },
      } as ClusterRecord);
    const prober = ClusterProber.create({
      clusters: {
        list: async () => [...addresses.keys()].map(record),
        getById: async (id: string) => record(id),
        setStatus: async (id: string, status: ClusterStatus) => {
          order.push(id);
          statuses.set(id, status);
        },
      } as Partial<ClusterStore> as ClusterStore,
      connect: cluster => clients.create(cluster, async () => 'token'),
      logger: mockServices.logger.mock(),
      deadline: DEADLINE_MS,
    });
    try {
      await prober.probeAll();
      expect(order[0]).toBe(good);
      expect(statuses.get(good)).toMatchObject({ state: 'Connected' });
      expect(
        [...statuses.values()].filter(
          ({ state, cause }) => state === 'Unreachable' && cause === 'Timeout',
        ),
      ).toHaveLength(HOLES);
    } finally {
      await prober.stop();
      await clients.close();
      await server.stop();
      await Promise.all(holes.map(hole => hole.close()));
    }
  }, 60_000);
});
