import { RequestListener } from 'node:http';
import { gzipSync } from 'node:zlib';
import { ProxyUnderTest } from './__testUtils__/ProxyUnderTest';

const PATH = '/api/berth/clusters/prod01/proxy';
const PODS = '/api/v1/namespaces/a/pods';
/** The only headers that the API server may see. */
const SENT = [
  'accept',
  'accept-encoding',
  'audit-id',
  'authorization',
  'connection',
  'host',
  'user-agent',
];

jest.setTimeout(60_000);

describe('hostile requests', () => {
  let proxy: ProxyUnderTest;

  beforeAll(async () => {
    proxy = await ProxyUnderTest.start();
  });

  beforeEach(() => {
    proxy.upstream.requests.length = 0;
    proxy.passedBy.length = 0;
  });

  afterAll(() => proxy.stop());

  it.each<[string, string[]]>([
    ['impersonation of a user', ['Impersonate-User: admin']],
    ['impersonation of groups', ['Impersonate-Group: system:masters']],
    ['more impersonation', ['Impersonate-Extra-x: y', 'Impersonate-Uid: 1']],
    ['underscores', ['impersonate_user: admin', 'X_Remote_User: admin']],
    ['a front proxy', ['X-Remote-User: admin', 'X-Remote-Group: masters']],
    ['a cookie', ['Cookie: a=b']],
    ['a connection header', ['Connection: authorization, close']],
    ['an upgrade', ['Connection: upgrade, close', 'Upgrade: h2c']],
    ['transfer codings', ['TE: trailers', 'Trailer: Impersonate-User']],
    ['forwarding', ['X-Forwarded-For: 1.1.1.1', 'Forwarded: for=1.1.1.1']],
    ['another host', ['X-Forwarded-Host: evil', 'X-Original-URL: /metrics']],
    ['another method', ['X-HTTP-Method-Override: DELETE']],
    ['a range', ['Range: bytes=0-1', 'If-None-Match: *']],
    ['an audit id', ['Audit-ID: mine', 'User-Agent: kubectl']],
    ['compression', ['Accept-Encoding: gzip']],
  ])('S27 keeps back %s', async (_, headers) => {
    const answer = await proxy.sendLines(
      `GET ${PATH}${PODS} HTTP/1.1`,
      headers,
    );
    expect(answer).toMatch(/^HTTP\/1\.1 200 /);
    const [request] = proxy.upstream.requests;
    expect(request.headers.map(([name]) => name).sort()).toEqual(SENT);
    expect(Object.fromEntries(request.headers)).toMatchObject({
      accept: 'application/json',
      'accept-encoding': 'identity',
      authorization: 'Bearer minted-for-alice',
      'user-agent': 'berth-proxy',
    });
    expect(JSON.stringify(request)).not.toMatch(/admin|masters|mine|evil/);
  });

  it('S27 takes no second credential', async () => {
    expect(
      await proxy.sendLines(`GET ${PATH}${PODS} HTTP/1.1`, [
        'Authorization: Bearer person-bob',
      ]),
    ).toMatch(/^HTTP\/1\.1 401 /);
    expect(proxy.upstream.requests).toEqual([]);
  });

  it.each<[string, string[], string]>([
    ['both lengths', ['Content-Length: 2', 'Transfer-Encoding: chunked'], '{}'],
    ['two lengths', ['Content-Length: 2', 'Content-Length: 3'], '{}'],
    ['a strange coding', ['Transfer-Encoding: sealed'], '{}'],
    [
      'a broken chunk',
      ['Transfer-Encoding: chunked', 'Content-Type: application/json'],
      'zz\r\n{}\r\n0\r\n\r\n',
    ],
  ])('S27 never sends on a body with %s', async (_, headers, body) => {
    await proxy.sendLines(`POST ${PATH}${PODS} HTTP/1.1`, headers, body);
    const arrived = proxy.upstream.requests.filter(
      request => request.body !== '[aborted]',
    );
    expect(arrived).toEqual([]);
  });

  it('S27 sends on a body, and not its trailers', async () => {
    await proxy.sendLines(
      `POST ${PATH}${PODS} HTTP/1.1`,
      [
        'Transfer-Encoding: chunked',
        'Content-Type: application/json',
        'Trailer: Impersonate-User',
        'Expect: 100-continue',
      ],
      '4\r\n{} \n\r\n0\r\nImpersonate-User: admin\r\n\r\n',
    );
    expect(proxy.upstream.requests).toMatchObject([
      { method: 'POST', url: PODS, body: '{} \n' },
    ]);
    expect(
      proxy.upstream.requests[0].headers.map(([name]) => name).sort(),
    ).toEqual([...SENT, 'content-type', 'transfer-encoding'].sort());
  });

  it.each([
    ['a parent', `${PATH}/api/v1/../../metrics`],
    ['an escaped parent', `${PATH}/api/v1/%2e%2e/metrics`],
    ['a parent that is escaped twice', `${PATH}/%252e%252e/metrics`],
    ['an escaped slash', `${PATH}/api%2fv1/pods`],
    ['an escaped backslash', `${PATH}/api%5cv1/pods`],
    ['two slashes', `${PATH}//api/v1/pods`],
    ['a parameter', `${PATH}/api/v1/pods;x=1`],
    ['a line break', `${PATH}/api/v1/pods%0d%0aX-Remote-User:%20x`],
    ['the absolute form', `http://evil.example.com${PATH}${PODS}`],
    [
      'the absolute form of this server',
      `http://portal.example.com${PATH}/api`,
    ],
    ['nothing', PATH],
    ['a parent of the cluster', `${PATH}/../../../clusters`],
    ['bytes that are not ASCII', `${PATH}/api/v1/\xffpods`],
  ])('S28 refuses %s', async (_, target) => {
    expect(await proxy.sendLines(`GET ${target} HTTP/1.1`)).toMatch(
      /^HTTP\/1\.1 400 /,
    );
    expect(proxy.upstream.requests).toEqual([]);
    expect(proxy.passedBy).toEqual([]);
  });

  it.each([
    '/exec?command=sh&container=c',
    '/attach',
    '/portforward?ports=80',
    '/proxy/admin',
  ])('S29 refuses %s with words, also as an upgrade', async end => {
    const answer = await proxy.sendLines(
      `GET ${PATH}${PODS}/p${end} HTTP/1.1`,
      ['Connection: Upgrade, close', 'Upgrade: websocket'],
    );
    expect(answer).toMatch(/^HTTP\/1\.1 403 /);
    expect(answer).toContain('The portal does not pass on');
    expect(proxy.upstream.requests).toEqual([]);
  });

  it('S29 refuses an upgrade with words also when another plugin listens to upgrades', async () => {
    const others: string[] = [];
    proxy.server.on('upgrade', (request, socket) => {
      others.push(request.url ?? '');
      if (request.url === '/api/signals') {
        socket.end('HTTP/1.1 101 Switching Protocols\r\n\r\n');
      }
    });
    await proxy.fetch('/version');
    const upgrade = ['Connection: Upgrade', 'Upgrade: websocket'];
    const refused = await proxy.sendLines(
      `GET ${PATH}${PODS}/p/exec?command=sh HTTP/1.1`,
      upgrade,
    );
    expect(refused).toMatch(/^HTTP\/1\.1 403 /);
    expect(refused).toContain('does not pass on exec requests');
    expect(await proxy.sendLines('GET /api/signals HTTP/1.1', upgrade)).toMatch(
      /^HTTP\/1\.1 101 /,
    );
    proxy.server.removeAllListeners('upgrade');
  });

  it.each([
    ['/clusters/prod01/proxy', 'GET'],
    ['/clusters/prod01/PROXY/api', 'GET'],
    ['/clusters/prod01/proxy/token', 'POST'],
    ['/clusters/token/proxy/', 'POST'],
    ['/CLUSTERS/prod01/proxy/../shares', 'PUT'],
    ['/clusters/a%2fb/proxy/x', 'DELETE'],
    ['/clusters/%/proxy/x', 'GET'],
  ])('S56 lets no request for %s reach another route', async (path, method) => {
    const answer = await proxy.send(
      `${method} /api/berth${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`,
    );
    expect(answer).toMatch(/^HTTP\/1\.1 40[01] /);
    expect(proxy.passedBy).toEqual([]);
  });

  it('leaves all other paths to the other routes', async () => {
    for (const path of ['/clusters/prod01/proxies', '/clusters/proxy', '/x']) {
      await proxy.send(
        `GET /api/berth${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`,
      );
    }
    expect(proxy.passedBy).toHaveLength(3);
  });

  it('bounds bodies, whether they tell their size or not', async () => {
    const big = Buffer.alloc(3 * 1024 * 1024 + 1, ' ');
    const sized = await proxy.fetch(PODS, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: big,
    });
    expect(sized.status).toBe(413);
    expect(proxy.upstream.requests).toEqual([]);
    const unsized = await proxy.fetch(PODS, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: new Blob([big]).stream(),
      duplex: 'half',
    } as RequestInit);
    expect(unsized.status).toBe(413);
    expect(
      proxy.upstream.requests.filter(({ body }) => !body.endsWith('[aborted]')),
    ).toEqual([]);
  });

  it('lets pages of other origins read nothing', async () => {
    const answer = await proxy.fetch(PODS, {
      headers: { origin: 'https://evil.example.com' },
    });
    expect(answer.headers.get('access-control-allow-origin')).toBeNull();
    expect(answer.headers.get('access-control-allow-credentials')).toBeNull();
  });
});

describe('hostile API servers', () => {
  let proxy: ProxyUnderTest;

  beforeAll(async () => {
    proxy = await ProxyUnderTest.start({
      bounds: { timeout: 1_500, maxBytes: 200_000 },
    });
  });

  afterEach(() => {
    proxy.upstream.raw = undefined;
  });

  afterAll(() => proxy.stop());

  const get = (answer: RequestListener, path = PODS) => {
    proxy.upstream.answer = answer;
    return proxy.fetch(path);
  };

  it('S27 shows nothing but the body of an answer', async () => {
    const answer = await get((_, response) => {
      response.writeHead(200, {
        'content-type': 'application/json; charset=utf-8',
        'set-cookie': 'backstage-auth=evil',
        location: 'https://evil.example.com',
        'access-control-allow-origin': '*',
        server: 'evil',
        trailer: 'x-evil',
      });
      response.write('{"a":1}');
      response.addTrailers({ 'x-evil': 'evil' });
      response.end();
    });
    expect(await answer.json()).toEqual({ a: 1 });
    const headers = [...answer.headers].filter(([, value]) =>
      /evil|\*/.test(value),
    );
    expect(headers).toEqual([]);
    expect(answer.headers.get('content-security-policy')).toBe(
      "sandbox; default-src 'none'",
    );
    expect(answer.headers.get('content-type')).toBe('application/json');
    expect(answer.headers.get('x-berth-answered-by')).toBe('cluster');
  });

  it.each<[string, RequestListener]>([
    [
      'HTML',
      (_, response) => {
        response.setHeader('content-type', 'text/html');
        response.end('<script>evil()</script>');
      },
    ],
    [
      'a redirect',
      (_, response) => {
        response.writeHead(302, { location: 'https://evil.example.com' });
        response.end();
      },
    ],
    [
      'gzip',
      (_, response) => {
        response.writeHead(200, {
          'content-type': 'application/json',
          'content-encoding': 'gzip',
        });
        response.end(gzipSync('{"evil":1}'));
      },
    ],
    [
      '401',
      (_, response) => {
        response.writeHead(401, { 'content-type': 'application/json' });
        response.end('{"evil":1}');
      },
    ],
    [
      'a header of 64 KB',
      (_, response) => {
        response.setHeader('content-type', 'application/json');
        response.setHeader('x-evil', 'x'.repeat(64 * 1024));
        response.end('{}');
      },
    ],
    [
      'nothing',
      request => {
        request.socket.destroy();
      },
    ],
  ])('answers 502 for %s', async (_, listener) => {
    const answer = await get(listener);
    expect(answer.status).toBe(502);
    expect(answer.headers.get('x-berth-answered-by')).toBeNull();
    const text = await answer.text();
    expect(text).not.toContain('evil');
    expect(JSON.parse(text).error.message).toMatch(/prod01|127\.0\.0\.1/);
  });

  it.each([
    [
      'switches protocols',
      'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n',
    ],
    ['speaks no HTTP', 'SSH-2.0-OpenSSH\r\n'],
  ])('answers 502 if the server %s', async (_, bytes) => {
    proxy.upstream.raw = socket => socket.end(bytes);
    expect((await proxy.fetch(PODS)).status).toBe(502);
  });

  it('answers 504 if nothing comes', async () => {
    const answer = await get(() => {});
    expect(answer.status).toBe(504);
    expect((await answer.json()).error.message).toBe(
      'prod01 did not answer in time',
    );
  });

  it.each<[string, RequestListener]>([
    [
      'endless answer',
      (_, response) => {
        response.setHeader('content-type', 'application/json');
        const more = () => {
          while (!response.destroyed && response.write('x'.repeat(10_000)));
        };
        response.on('drain', more);
        more();
      },
    ],
    [
      'dripping answer',
      (_, response) => {
        response.setHeader('content-type', 'application/json');
        const timer = setInterval(() => response.write('x'), 20);
        response.on('close', () => clearInterval(timer));
      },
    ],
    [
      'answer that ends in the middle',
      (_, response) => {
        response.setHeader('content-type', 'application/json');
        response.write('{"items":[');
        setTimeout(() => response.socket?.destroy(), 20);
      },
    ],
  ])('breaks off an %s, so that it does not look complete', async (_, slow) => {
    const answer = await get(slow);
    expect(answer.status).toBe(200);
    await expect(answer.text()).rejects.toThrow();
    while (proxy.upstream.open > 0) {
      await new Promise(resolve => {
        setImmediate(resolve);
      });
    }
  });

  it('shows a log with HTML and escapes as the text that it is', async () => {
    const log = '\x1b[31m<script>evil()</script>\n';
    const answer = await get((_, response) => {
      response.setHeader('content-type', 'text/plain');
      response.end(log);
    }, `${PODS}/p/log`);
    expect(await answer.text()).toBe(log);
    expect(answer.headers.get('content-type')).toBe(
      'text/plain; charset=utf-8',
    );
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
  });
});
