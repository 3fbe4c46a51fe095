import { once } from 'node:events';
import { createServer, Server } from 'node:http';
import { AddressInfo, connect } from 'node:net';
import { WebSocketServer } from 'ws';
import { openWebSocket } from './openWebSocket';

const PORT_FORWARD = 'SPDY/3.1+portforward.k8s.io';

describe('openWebSocket', () => {
  let server: Server;
  let answered: string | undefined;
  let asked: string | undefined;

  beforeEach(async () => {
    const sockets = new WebSocketServer({ noServer: true });
    sockets.on('headers', headers => {
      if (answered !== undefined) {
        headers.push(`Sec-WebSocket-Protocol: ${answered}`);
      }
    });
    server = createServer();
    server.on('upgrade', (request, socket, head) => {
      asked = request.headers['sec-websocket-protocol'];
      delete request.headers['sec-websocket-protocol'];
      sockets.handleUpgrade(request, socket, head, opened => {
        opened.on('message', data => opened.send(data));
      });
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
  });

  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  function open() {
    const { port } = server.address() as AddressInfo;
    return openWebSocket({
      connect: (_, done) => {
        const socket = connect(port, '127.0.0.1', () =>
          done(null, socket as never),
        );
      },
      request: {
        path: '/api/v1/namespaces/shop/pods/web/portforward',
        query: new URLSearchParams(),
        protocols: [PORT_FORWARD],
        headers: {},
        signal: AbortSignal.timeout(5_000),
      },
      target: { apiServer: 'https://api.example.com' } as never,
      token: 'of-alice',
    });
  }

  it('offers the protocol of port-forward, and passes its bytes on', async () => {
    answered = PORT_FORWARD;
    const socket = await open();
    expect(asked).toBe(PORT_FORWARD);
    const echoed = once(socket, 'message');
    socket.resume();
    socket.send(Buffer.of(0x80, 3));
    expect((await echoed)[0]).toEqual(Buffer.of(0x80, 3));
    socket.terminate();
  });

  it.each([['v4.channel.k8s.io'], [undefined]])(
    'refuses an answer with the protocol %s',
    async protocol => {
      answered = protocol;
      await expect(open()).rejects.toThrow('chose no subprotocol');
    },
  );
});
