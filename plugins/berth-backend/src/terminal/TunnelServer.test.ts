import { NotAllowedError } from '@backstage/errors';
import { once } from 'node:events';
import { createServer, IncomingMessage, request, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import { Duplex } from 'node:stream';
import { text } from 'node:stream/consumers';
import { FakeSocket } from './__testUtils__/FakeSocket';
import { TunnelServer, TunnelServerOptions } from './TunnelServer';
import { OpenTerminals } from './OpenTerminals';
import { TERMINAL_TIMES } from './SessionLimits';

const PATH =
  '/api/berth/clusters/prod/proxy/api/v1/namespaces/shop/pods/web/exec?command=a';
const HANDSHAKE = {
  connection: 'Upgrade',
  upgrade: 'websocket',
  'sec-websocket-key': Buffer.alloc(16, 1).toString('base64'),
  'sec-websocket-version': '13',
  'sec-websocket-protocol': 'v5.channel.k8s.io',
};
const LIMIT = 2;
const REFUSAL = new NotAllowedError('The policy does not allow it');
const PORT_FORWARD = 'SPDY/3.1+portforward.k8s.io';

describe('TunnelServer', () => {
  const event = { success: jest.fn(), fail: jest.fn() };
  const connect = jest.fn();
  const callerOf = jest.fn();
  const enter = jest.fn();
  let tunnel: Duplex;
  let upstreams: FakeSocket[];
  let device: string | undefined;
  let open: OpenTerminals;
  let server: Server;

  beforeEach(async () => {
    jest.resetAllMocks();
    upstreams = [];
    connect.mockImplementation(async () => anUpstream());
    callerOf.mockImplementation(async () => ({}));
    device = 'laptop';
    enter.mockResolvedValue({ cluster: { id: '01' }, token: 't' });
    open = new OpenTerminals(LIMIT);
    const exec = new TunnelServer({
      access: { enter },
      auditorOf: () => ({ createEvent: async () => event }),
      callerOf,
      callers: {
        identify: async () => ({
          kind: 'kubectl',
          userRef: 'user:default/alice',
          device,
          enter: async () => {},
        }),
      },
      logger: { error: jest.fn() },
      open,
      sockets: { connect },
    } as unknown as TunnelServerOptions);
    server = createServer();
    server.on('upgrade', (...args) => exec.handle(...args));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
  });

  afterEach(() => {
    open.endAll({ cause: 'Closing', message: 'The test ends' });
    server.close();
  });

  function anUpstream(protocol = 'v5.channel.k8s.io') {
    const upstream = new FakeSocket(protocol);
    upstreams.push(upstream);
    return Object.assign(upstream, { OPEN: 1 }).socket;
  }

  /** Resolves to the status, and the words of a refusal. */
  async function start(
    headers: object = {},
    method = 'GET',
    path = PATH,
  ): Promise<[status: number, message?: string]> {
    const asked = request({
      port: (server.address() as AddressInfo).port,
      path,
      method,
      headers: { ...HANDSHAKE, ...headers },
    });
    asked.end();
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      asked.on('upgrade', (response, socket) => {
        tunnel = socket;
        resolve(response);
      });
      asked.on('response', resolve);
      asked.on('error', reject);
    });
    const protocol = answer.headers['sec-websocket-protocol'];
    if (answer.statusCode === 101) {
      return protocol === PORT_FORWARD ? [101, protocol] : [101];
    }
    return [answer.statusCode!, JSON.parse(await text(answer)).message];
  }

  it.each<[string, object, string?]>([
    ['another method', {}, 'POST'],
    ['a short key', { 'sec-websocket-key': 'YQ==' }],
    ['no key', { 'sec-websocket-key': '' }],
    ['another version', { 'sec-websocket-version': '8' }],
  ])('S60 starts nothing for a handshake with %s', async (_, ...asked) => {
    expect(await start(...asked)).toEqual([
      400,
      expect.stringContaining('A WebSocket begins with GET'),
    ]);
    expect(connect).not.toHaveBeenCalled();
  });

  it('S60 ends the program if the start cannot be recorded, or kubectl takes no WebSocket', async () => {
    event.success.mockRejectedValueOnce(new Error('no database'));
    expect((await start())[0]).toBe(503);
    await start({ 'sec-websocket-protocol': 'v5.channel.k8s.io,,' }).catch(
      () => {},
    );
    expect(upstreams.map(({ readyState }) => readyState)).toEqual([3, 3]);
    expect(event.fail).toHaveBeenCalledTimes(2);
    expect(open.isFull('user:default/alice')).toBe(false);
    const more = await Promise.all([start(), start()]);
    expect(more).toEqual([[101], [101]]);
  });

  it('S60 holds the limit of a person for requests at the same time', async () => {
    let openAll = () => {};
    const all = new Promise<void>(resolve => {
      openAll = resolve;
    });
    connect.mockImplementation(async () => {
      await all;
      return anUpstream();
    });
    let refused = 0;
    const asked = Array.from({ length: 20 }, async () => {
      const answer = await start();
      refused += 1;
      return answer;
    });
    while (refused + connect.mock.calls.length < 20) {
      await new Promise(setImmediate);
    }
    openAll();
    const answers = await Promise.all(asked);
    expect(answers.filter(([status]) => status === 101)).toHaveLength(LIMIT);
    expect(answers.filter(([status]) => status === 403)).toHaveLength(18);
    expect(connect).toHaveBeenCalledTimes(LIMIT);
  });

  it('S60 gives up a cluster that does not answer, and when the portal ends', async () => {
    connect.mockImplementation(
      (_, __, { signal }) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => reject(signal.reason));
        }),
    );
    const replaced = jest.replaceProperty(TERMINAL_TIMES, 'connect', 20);
    expect(await start()).toEqual([
      502,
      'The cluster did not start the program in time',
    ]);
    replaced.restore();
    const waiting = start();
    while (connect.mock.calls.length < 2) {
      await new Promise(setImmediate);
    }
    open.endAll({ cause: 'Closing', message: 'The portal restarts' });
    expect(await waiting).toEqual([503, 'The portal restarts']);
  });

  it('S60 passes the bytes of port-forward on as they are', async () => {
    const path = PATH.replace('exec?command=a', 'portforward');
    connect.mockImplementation(async () => anUpstream(''));
    expect(
      await start({ 'sec-websocket-protocol': PORT_FORWARD }, 'GET', path),
    ).toEqual([101, PORT_FORWARD]);
    expect(enter).toHaveBeenCalledWith(
      {},
      expect.objectContaining({ pod: 'web', subresource: 'portforward' }),
      'portforward',
    );
    expect(connect.mock.lastCall[2]).toMatchObject({
      path: '/api/v1/namespaces/shop/pods/web/portforward',
      protocols: [PORT_FORWARD],
    });
    const [upstream] = upstreams;
    const received = once(tunnel, 'data');
    upstream.receive(Buffer.from('\x80\x03 answer'));
    expect(String((await received)[0])).toContain('answer');
    // A masked binary message of two bytes, with a mask of zeros.
    tunnel.write(Buffer.from([0x82, 0x82, 0, 0, 0, 0, 0x80, 0x03]));
    while (upstream.sent.length === 0) {
      await new Promise(setImmediate);
    }
    open.endAll({ cause: 'Closing', message: 'The portal restarts' });
    expect(upstream.sent).toEqual([Buffer.from([0x80, 0x03])]);
    expect(upstream.readyState).toBe(3);
  });

  it.each([
    ['portforward', 'v5.channel.k8s.io', 403, 'The subprotocol must be'],
    ['portforward?ports=80', PORT_FORWARD, 400, 'the parameter "ports"'],
    ['attach?command=a', 'v5.channel.k8s.io', 400, 'the parameter "command"'],
    ['attach', PORT_FORWARD, 403, 'The subprotocol must be'],
  ])('S29 opens no %s with %s', async (end, protocol, status, message) => {
    const path = PATH.replace('exec?command=a', end);
    expect(
      await start({ 'sec-websocket-protocol': protocol }, 'GET', path),
    ).toEqual([status, expect.stringContaining(message)]);
    expect(connect).not.toHaveBeenCalled();
  });

  it('S60 ends the program with the sign-in of the computer whose token started it, and no other', async () => {
    const replaced = jest.replaceProperty(TERMINAL_TIMES, 'check', 10);
    expect(await start()).toEqual([101]);
    device = 'desktop';
    expect(await start()).toEqual([101]);
    callerOf.mockImplementation(async (_, of) => {
      if (of === 'laptop') {
        throw new NotAllowedError('ended');
      }
      return {};
    });
    await once(upstreams[0], 'close');
    const calls = callerOf.mock.calls.length;
    while (callerOf.mock.calls.length < calls + 3) {
      await new Promise(setImmediate);
    }
    expect(upstreams[1].readyState).toBe(1);
    replaced.restore();
  });

  it('S60 starts nothing with a token that no computer got by its sign-in', async () => {
    device = undefined;
    expect(await start()).toEqual([
      403,
      expect.stringContaining('needs a token of the sign-in with kubectl'),
    ]);
    expect(connect).not.toHaveBeenCalled();
  });

  it.each([
    ['true', ['\0\x04', '\xff\0']],
    ['false', ['\xff\0']],
  ])('S60 ends the input of a program with tty=%s', async (tty, last) => {
    await start({}, 'GET', `${PATH}&tty=${tty}`);
    open.endAll({ cause: 'Closing', message: 'The portal restarts' });
    const [{ sent }] = upstreams;
    expect(sent.map(data => (data as Buffer).toString('latin1'))).toEqual(last);
  });

  it('S60 leaves the program alone that kubectl attached to', async () => {
    const attach = PATH.replace('exec?command=a', 'attach?stdin=true&tty=true');
    expect(await start({}, 'GET', attach)).toEqual([101]);
    open.endAll({ cause: 'Closing', message: 'The portal restarts' });
    expect(upstreams[0].sent).toEqual([]);
  });

  it.each([
    ['of a person without the right', () => enter.mockRejectedValue(REFUSAL)],
    [
      'above the limit',
      async () => {
        await start();
        await start();
        event.fail.mockClear();
      },
    ],
  ])('S60 records a refusal %s', async (_, arrange) => {
    await arrange();
    expect((await start())[0]).toBe(403);
    expect(event.fail).toHaveBeenCalledTimes(1);
  });
});
