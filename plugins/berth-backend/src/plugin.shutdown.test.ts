import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { SandboxCluster } from '@berth/cluster-sandbox';
import { once } from 'node:events';
import { AddressInfo, createServer, Socket } from 'node:net';
import { CALLERS, TEAM_A } from './contract/__testUtils__/people';
import { startPortal } from './contract/__testUtils__/startPortal';
import { berthPlugin } from './plugin';

jest.setTimeout(60_000);

/** Backstage waits ten seconds for requests that do not end. */
const IN_TIME_MS = 8_000;

describe('the shutdown of the berth plugin', () => {
  it('S31 ends open watches of the proxy, and ends in time', async () => {
    const portal = await startPortal();
    const prod = await portal.startCluster('prod');
    await portal.register('prod', prod, [TEAM_A]);
    await portal.settled('prod');
    const watch = await fetch(
      `${portal.url}/api/berth/clusters/prod/proxy/api/v1/namespaces/team-a/configmaps?watch=true`,
      { headers: { authorization: CALLERS.member } },
    );
    expect(watch.status).toBe(200);
    const ended = watch.text().then(
      () => 'ended',
      () => 'cut',
    );
    const began = performance.now();
    await portal.stopBackend();
    expect(['ended', 'cut']).toContain(await ended);
    expect(performance.now() - began).toBeLessThan(IN_TIME_MS);
    await portal.stop();
  });

  it('does not wait for an API server that accepts connections and does not answer', async () => {
    const sockets = new Set<Socket>();
    const connected: (() => void)[] = [];
    const silent = createServer(socket => {
      sockets.add(socket.on('error', () => {}));
      connected.forEach(resolve => resolve());
    }).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const reached = new Promise<void>(resolve => {
      connected.push(resolve);
    });
    // The sandbox only provides a valid CA.
    const sandbox = await SandboxCluster.start({ name: 'shutdown-test' });
    const { port } = silent.address() as AddressInfo;
    const backend = await startTestBackend({
      features: [
        berthPlugin,
        catalogServiceMock.factory({ entities: [] }),
        mockServices.rootConfig.factory({
          data: {
            app: { baseUrl: 'http://localhost:3000' },
            backend: { baseUrl: 'http://localhost:7007' },
            berth: {
              allowedAddresses: ['127.0.0.0/8'],
              clusters: [
                {
                  name: 'silent',
                  apiServer: `https://127.0.0.1:${port}`,
                  caData: Buffer.from(sandbox.caPem).toString('base64'),
                },
              ],
            },
          },
        }),
        mockServices.httpAuth.factory({
          defaultCredentials: mockCredentials.user('user:default/ada'),
        }),
      ],
    });
    await reached;
    const began = performance.now();
    await backend.stop();
    expect(performance.now() - began).toBeLessThan(IN_TIME_MS);
    expect(sockets.size).toBeGreaterThan(0);
    sockets.forEach(socket => socket.destroy());
    silent.close();
    await sandbox.stop();
  });
});
