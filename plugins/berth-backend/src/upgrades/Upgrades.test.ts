import { once } from 'node:events';
import { createServer, Server } from 'node:http';
import { AddressInfo, connect } from 'node:net';
import { refuseUpgrade, Upgrades } from './Upgrades';

describe('refused upgrades', () => {
  let server: Server;

  beforeEach(async () => {
    const upgrades = new Upgrades();
    upgrades.handle(
      url => url.endsWith('/taken'),
      (_, socket) => refuseUpgrade(socket, '403 Forbidden', 'no'),
    );
    server = createServer((request, response) => {
      upgrades.listen(request);
      response.writeHead(404).end('nothing');
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    await (await fetch(`http://127.0.0.1:${port}/`)).text();
  });

  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  it.each([
    ['/api/berth/taken', /403 Forbidden[^]*"message":"no"/],
    ['/api/berth/other', /404 Not Found[^]*nothing/],
  ])(
    'S60 at %s leave no connection, even if the client keeps its half open',
    async (path, answer) => {
      const { port } = server.address() as AddressInfo;
      const accepted = once(server, 'connection');
      const client = connect({
        port,
        host: '127.0.0.1',
        allowHalfOpen: true,
      });
      const [served] = await accepted;
      const closed = once(served, 'close');
      client.write(
        `GET ${path} HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`,
      );
      let text = '';
      client.on('data', data => {
        text += data;
      });
      await once(client, 'end');
      expect(text).toMatch(answer);
      await closed;
      client.destroy();
    },
  );
});
