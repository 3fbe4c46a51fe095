import {
  AddressPolicy,
  isKubeError,
  KubeError,
  KubeLimits,
} from '@berth/plugin-berth-node';
import { RequestListener } from 'node:http';
import { gzipSync } from 'node:zlib';
import { DefaultKubeClientFactory } from './DefaultKubeClientFactory';
import { NAMESPACES } from './resources';
import { KubeClient, KubeObject } from './types';
import { failedStatus, sendJson, TestServer } from './__testUtils__/TestServer';
import { TestAuthority } from './__testUtils__/certificates';

const TOKEN = 'opaque-token-of-the-reconciler';

const LIMITS = {
  maxBodyBytes: 100_000,
  maxPageBytes: 100_000,
  maxListItems: 5_000,
  maxListPages: 30,
  // The cases share one server, and each is hostile.
  suspendTime: 0,
};

const createFactory = (limits: Partial<KubeLimits> = {}) =>
  DefaultKubeClientFactory.create({
    policy: AddressPolicy.create({ allow: ['127.0.0.0/8'] }),
    fieldManager: 'test',
    limits: { ...LIMITS, ...limits },
  });

describe('a hostile or broken API server', () => {
  let server: TestServer;
  let factory: DefaultKubeClientFactory;
  let client: KubeClient;
  let authority: TestAuthority;

  beforeAll(async () => {
    authority = await TestAuthority.create('acme-ca');
    server = await TestServer.start(await authority.issue());
    factory = createFactory();
    client = factory.create(
      { apiServer: server.url, caPem: authority.pem },
      async () => TOKEN,
    );
  });

  beforeEach(() => {
    server.requests.length = 0;
  });

  afterAll(async () => {
    await factory.close();
    await server.stop();
  });

  const get = (answer: RequestListener, from = client) => {
    server.answer = answer;
    return from.get(NAMESPACES, { name: 'a' });
  };
  const list = async (answer: RequestListener) => {
    server.answer = answer;
    const items: KubeObject[] = [];
    for await (const item of client.list(NAMESPACES)) {
      items.push(item);
    }
    return items;
  };
  const namespace = (name: string, more: object = {}) => ({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name, uid: `uid-${name}` },
    ...more,
  });
  const page = (names: string[], token?: string) => ({
    apiVersion: 'v1',
    kind: 'NamespaceList',
    metadata: { continue: token, resourceVersion: '7' },
    items: names.map(name => ({ metadata: { name, uid: `uid-${name}` } })),
  });

  describe('with a deadline', () => {
    let hasty: DefaultKubeClientFactory;

    beforeAll(() => {
      hasty = createFactory({ requestTimeout: 300 });
    });
    afterAll(() => hasty.close());

    const create = (getToken = async () => TOKEN) =>
      hasty.create({ apiServer: server.url, caPem: authority.pem }, getToken);

    it('S32 ends a slow drip', async () => {
      let timer: NodeJS.Timeout | undefined;
      const call = get((_request, response) => {
        response.writeHead(200, { 'content-type': 'application/json' });
        response.write('{');
        timer = setInterval(() => response.write(' '), 50);
      }, create());
      await expect(call).rejects.toMatchObject({
        failure: 'Timeout',
        message: expect.stringContaining('within 0.3 s'),
      });
      clearInterval(timer);
    });

    it('S32 ends a call that is never answered', async () => {
      await expect(get(() => {}, create())).rejects.toMatchObject({
        failure: 'Timeout',
      });
    });

    it('S32 ends a call whose token does not arrive', async () => {
      const stuck = create(() => new Promise(() => {}));
      await expect(stuck.version()).rejects.toMatchObject({
        failure: 'Timeout',
      });
      expect(server.requests).toEqual([]);
    });
  });

  it('S32 stops reading an oversized body', async () => {
    let written = 0;
    const call = get((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      const chunk = 'x'.repeat(64 * 1024);
      const write = () => {
        while (!response.destroyed && response.write(chunk)) {
          written += chunk.length;
        }
      };
      response.on('drain', write);
      write();
    });
    await expect(call).rejects.toMatchObject({
      failure: 'Protocol',
      reason: 'ResponseTooLarge',
    });
    expect(written).toBeLessThan(20_000_000);
  });

  it('S32 refuses a gzip bomb unread', async () => {
    const bomb = gzipSync(Buffer.alloc(50_000_000, ' '));
    await expect(
      get((_request, response) => {
        response.writeHead(200, {
          'content-type': 'application/json',
          'content-encoding': 'gzip',
        });
        response.end(bomb);
      }),
    ).rejects.toMatchObject({
      failure: 'Protocol',
      message: expect.stringContaining('compresses its answers (gzip)'),
    });
  });

  it('S32 refuses huge headers', async () => {
    await expect(
      get((_request, response) =>
        sendJson(response, {}, 200, { 'x-huge': 'x'.repeat(20_000) }),
      ),
    ).rejects.toMatchObject({
      failure: 'Protocol',
      message: expect.stringContaining('oversized headers'),
    });
  });

  it('S32 refuses answers that are not HTTP or not JSON, cut off or malformed', async () => {
    const cases: [RequestListener, string][] = [
      [(_, response) => response.socket?.end('SSH-2.0-x\r\n'), 'Protocol'],
      [(_, response) => response.socket?.destroy(), 'TCP'],
      [
        (_, response) => {
          response.writeHead(200, { 'content-type': 'text/html' });
          response.end('<html>');
        },
        'Protocol',
      ],
      [(_, response) => sendJson(response, '{"kind":'), 'Protocol'],
      [
        (_, response) => {
          response.writeHead(200, {
            'content-type': 'application/json',
            'content-length': '100',
          });
          response.write('{"kind":', () => response.socket?.destroy());
        },
        'TCP',
      ],
    ];
    for (const [answer, failure] of cases) {
      await expect(get(answer)).rejects.toMatchObject({ failure });
    }
  });

  it.each([
    ['another kind', { kind: 'Secret' }],
    ['another version', { apiVersion: 'v2' }],
    ['another name', { metadata: { name: 'b' } }],
    ['no metadata', { metadata: undefined }],
    ['labels that are no labels', { metadata: { name: 'a', labels: 7 } }],
    ['a label that is no text', { metadata: { name: 'a', labels: { x: {} } } }],
    ['a uid that is no text', { metadata: { name: 'a', uid: {} } }],
    ['an endless uid', { metadata: { name: 'a', uid: 'u'.repeat(254) } }],
    [
      'an endless time',
      { metadata: { name: 'a', deletionTimestamp: '2'.repeat(254) } },
    ],
  ])('S32 refuses an object of %s', async (_what, more) => {
    await expect(
      get((_request, response) => sendJson(response, namespace('a', more))),
    ).rejects.toMatchObject({
      failure: 'Protocol',
      message: expect.stringContaining('answers with something else'),
    });
  });

  it.each(['null', '[]', '7', '"text"'])(
    'S32 refuses %s for an object and for a list',
    async text => {
      const answer: RequestListener = (_, response) => sendJson(response, text);
      await expect(get(answer)).rejects.toMatchObject({ failure: 'Protocol' });
      await expect(list(answer)).rejects.toMatchObject({ failure: 'Protocol' });
    },
  );

  it.each(['__proto__', '\\u005f_proto__', '__prot\\u006f__'])(
    'S32 accepts nothing from a key %s',
    async key => {
      const object = await get((_request, response) =>
        sendJson(
          response,
          JSON.stringify(namespace('a')).replace(
            '"metadata":{',
            `"metadata":{"${key}":{"labels":{"polluted":"yes"}},`,
          ),
        ),
      );
      const copy = Object.assign({}, object?.metadata);
      expect(copy.name).toBe('a');
      expect(copy.labels).toBeUndefined();
    },
  );

  it('S32 ends a list whose continue token repeats', async () => {
    await expect(
      list((_request, response) => sendJson(response, page(['a'], 'again'))),
    ).rejects.toMatchObject({
      failure: 'Protocol',
      message: expect.stringContaining('does not come to an end'),
    });
    expect(server.requests).toHaveLength(2);
  });

  it('S32 ends a list of ever new tokens without objects', async () => {
    let count = 0;
    await expect(
      list((_request, response) => sendJson(response, page([], `t${count++}`))),
    ).rejects.toMatchObject({
      failure: 'Protocol',
      message: expect.stringContaining('so far: 30 pages'),
    });
    expect(server.requests).toHaveLength(30);
  });

  it('S32 ends a list of ever new objects', async () => {
    let count = 0;
    const names = () => Array.from({ length: 500 }, () => `n${count++}`);
    await expect(
      list((_request, response) =>
        sendJson(response, page(names(), `t${count}`)),
      ),
    ).rejects.toMatchObject({ failure: 'Protocol' });
    expect(server.requests.length).toBeLessThan(13);
  });

  describe('whose calls the portal suspends after a failure', () => {
    const afterThis: (() => Promise<void>)[] = [];
    let rested: KubeClient;

    const listOf = async (answer: RequestListener) => {
      server.answer = answer;
      for await (const item of rested.list(NAMESPACES)) {
        expect(item.kind).toBe('Namespace');
      }
    };
    const expectRest = async () => {
      const called = server.requests.length;
      server.answer = (_request, response) =>
        sendJson(response, { gitVersion: 'v1.33.1' });
      await expect(rested.version()).rejects.toMatchObject({
        reason: 'Suspended',
        message: expect.stringContaining('is not called until'),
        retryAfterSeconds: expect.any(Number),
      });
      expect(server.requests).toHaveLength(called);
    };

    beforeEach(() => {
      const strict = DefaultKubeClientFactory.create({
        policy: AddressPolicy.create({ allow: ['127.0.0.0/8'] }),
        fieldManager: 'test',
        limits: {
          maxPageBytes: 200_000,
          maxBodyBytes: 400_000,
          maxListBytes: 3_000_000,
        },
      });
      rested = strict.create(
        { apiServer: server.url, caPem: authority.pem },
        async () => TOKEN,
      );
      afterThis.push(() => strict.close());
    });
    afterEach(async () => {
      await Promise.all(afterThis.splice(0).map(end => end()));
    });

    it('S32 biglist: refuses pages of 40,000 objects, after a bounded number of bytes', async () => {
      const names = Array.from({ length: 40_000 }, (_, index) => `n${index}`);
      let count = 0;
      await expect(
        listOf((_request, response) =>
          sendJson(response, page(names, `t${count++}`)),
        ),
      ).rejects.toMatchObject({ reason: 'ResponseTooLarge' });
      // The client asked for 500, 125, 31, 7 and 1 object.
      expect(server.requests).toHaveLength(5);
      await expectRest();
    });

    it('S32 biglist: refuses a small page of more objects than requested, at once', async () => {
      const names = Array.from({ length: 501 }, (_, index) => `n${index}`);
      await expect(
        listOf((_request, response) => sendJson(response, page(names, 't'))),
      ).rejects.toMatchObject({ reason: 'TooManyItems' });
      expect(server.requests).toHaveLength(1);
      await expectRest();
    });

    it('S32 bigbody: reads no more than the limit', async () => {
      const filler = `{"filler":"${'x'.repeat(15_000_000)}"}`;
      server.answer = (_request, response) => sendJson(response, filler);
      await expect(rested.version()).rejects.toMatchObject({
        reason: 'ResponseTooLarge',
      });
      await expectRest();
    });

    it('S32 deepjson: does not parse the body', async () => {
      const deep = '['.repeat(300_000);
      server.answer = (_request, response) => sendJson(response, deep);
      const parse = jest.spyOn(JSON, 'parse');
      await expect(rested.version()).rejects.toMatchObject({
        reason: 'JsonTooComplex',
      });
      expect(parse).not.toHaveBeenCalledWith(
        expect.stringContaining('[[[['),
        expect.anything(),
      );
      parse.mockRestore();
      await expectRest();
    });

    it('S32 endless: ends a list of ever new pages by its size in bytes', async () => {
      let count = 0;
      const names = () => Array.from({ length: 500 }, () => `n${count++}`);
      let written = 0;
      await expect(
        listOf((_request, response) => {
          const body = JSON.stringify({
            ...page(names(), `t${count}`),
            filler: 'x'.repeat(150_000),
          });
          written += body.length;
          sendJson(response, body);
        }),
      ).rejects.toMatchObject({
        reason: 'EndlessList',
        message: expect.stringMatching(/so far: \d+ bytes/),
      });
      expect(written).toBeGreaterThan(3_000_000);
      expect(written).toBeLessThan(3_500_000);
      await expectRest();
    });

    it('S32 endless: stops an endless answer at each page size, once', async () => {
      let written = 0;
      const ends: Promise<unknown>[] = [];
      await expect(
        listOf((_request, response) => {
          ends.push(new Promise(done => response.on('close', done)));
          response.writeHead(200, { 'content-type': 'application/json' });
          const chunk = Buffer.alloc(16 * 1024, ' ');
          const write = () => {
            while (!response.destroyed && response.write(chunk)) {
              written += chunk.length;
            }
          };
          response.on('drain', write);
          write();
        }),
      ).rejects.toMatchObject({ reason: 'ResponseTooLarge' });
      expect(server.requests).toHaveLength(5);
      // Every connection ends, and the server wrote little more than the client read.
      await Promise.all(ends);
      expect(written).toBeLessThan(20_000_000);
      await expectRest();
    });
  });

  it('S32 reads no more from a server than its bytes per minute', async () => {
    const small = DefaultKubeClientFactory.create({
      policy: AddressPolicy.create({ allow: ['127.0.0.0/8'] }),
      fieldManager: 'test',
      limits: { maxBytesPerMinute: 6_000_000 },
    });
    const bounded = small.create(
      { apiServer: server.url, caPem: authority.pem },
      async () => TOKEN,
    );
    server.answer = (_request, response) =>
      sendJson(response, { gitVersion: 'v1.33.1', x: 'x'.repeat(3_500_000) });
    await bounded.version();
    await bounded.version();
    await expect(bounded.version()).rejects.toMatchObject({
      failure: 'TooManyRequests',
      reason: 'OutOfBudget',
      retryAfterSeconds: expect.any(Number),
    });
    expect(server.requests).toHaveLength(2);
    await small.close();
  });

  it('asks for smaller pages if one is too large', async () => {
    const limits: number[] = [];
    const items = await list((request, response) => {
      const limit = Number(
        new URL(request.url ?? '', server.url).searchParams.get('limit'),
      );
      limits.push(limit);
      sendJson(response, {
        ...page(['a', 'b']),
        filler: 'x'.repeat(limit > 100 ? 200_000 : 10),
      });
    });
    expect(limits).toEqual([500, 125, 31]);
    expect(items).toHaveLength(2);
  });

  it('counts only answered pages against the limit of pages', async () => {
    let answered = 0;
    const items = await list((request, response) => {
      const limit = Number(
        new URL(request.url ?? '', server.url).searchParams.get('limit'),
      );
      const tooLarge = limit > 100;
      const isLast = !tooLarge && ++answered === 30;
      sendJson(response, {
        ...page([`n${answered}`], isLast ? undefined : `t${answered}`),
        filler: 'x'.repeat(tooLarge ? 200_000 : 10),
      });
    });
    expect(items).toHaveLength(30);
    expect(server.requests).toHaveLength(32);
  });

  it('restarts a list whose token expired, and yields each object once', async () => {
    let expired = false;
    const items = await list((request, response) => {
      const token = new URL(request.url ?? '', server.url).searchParams.get(
        'continue',
      );
      if (!token) {
        sendJson(response, page(['a', 'b'], expired ? 'second' : 'first'));
      } else if (token === 'first') {
        expired = true;
        sendJson(response, failedStatus(410, 'Expired', 'too old'), 410);
      } else {
        sendJson(response, page(['c']));
      }
    });
    expect(items.map(item => item.metadata.name)).toEqual(['a', 'b', 'c']);
    expect(items[0]).toMatchObject({ apiVersion: 'v1', kind: 'Namespace' });
  });

  it('S32 aborts a list whose tokens always expire', async () => {
    await expect(
      list((request, response) =>
        request.url?.includes('continue')
          ? sendJson(response, failedStatus(410, 'Expired', 'too old'), 410)
          : sendJson(response, page(['a'], 'first')),
      ),
    ).rejects.toMatchObject({ failure: 'Gone' });
    expect(server.requests).toHaveLength(8);
  });

  it.each([
    [{ gitVersion: 7 }],
    [{}],
    [{ gitVersion: '<script>' }],
    [{ gitVersion: `v1${'1'.repeat(1000)}` }],
  ])('S32 accepts no version from %j', async answer => {
    server.answer = (_request, response) => sendJson(response, answer);
    await expect(client.version()).rejects.toMatchObject({
      failure: 'Protocol',
    });
  });

  it('S46 repeats neither a token nor a PEM from an API server', async () => {
    const error = await get((request, response) =>
      sendJson(
        response,
        failedStatus(
          401,
          'Unauthorized',
          `you sent ${request.headers.authorization} -----BEGIN PRIVATE KEY-----\nabc`,
        ),
        401,
      ),
    ).catch((thrown: KubeError) => thrown);
    expect(isKubeError(error, 'Unauthorized')).toBe(true);
    const all = `${(error as Error).stack} ${JSON.stringify(error)}`;
    expect(all).not.toContain(TOKEN);
    expect(all).not.toContain('BEGIN');
    expect(all).toContain('refuses the token (401)');
  });

  it('survives an error body that is endless or nonsense', async () => {
    await expect(
      get((_request, response) => {
        response.writeHead(503, {
          'content-type': 'application/json',
          'retry-after': '3',
        });
        response.end('x'.repeat(90_000));
      }),
    ).rejects.toMatchObject({ failure: 'ServerError', retryAfterSeconds: 3 });
  });

  it("rejects with the caller's reason once the caller aborts", async () => {
    const controller = new AbortController();
    server.answer = () => controller.abort(new Error('no longer wanted'));
    await expect(client.version({ signal: controller.signal })).rejects.toThrow(
      'no longer wanted',
    );
    await expect(client.version({ signal: controller.signal })).rejects.toThrow(
      'no longer wanted',
    );
    expect(server.requests).toHaveLength(1);
  });

  it('S32 leaves calls to another server unaffected while this one hangs', async () => {
    server.answer = () => {};
    const other = await TestServer.start(await authority.issue());
    other.answer = (_request, response) =>
      sendJson(response, { gitVersion: 'v1.33.1' });
    const leave = new AbortController();
    let ended = 0;
    const hanging = Array.from({ length: 40 }, () =>
      client
        .version({ signal: leave.signal })
        .catch(() => undefined)
        .finally(() => {
          ended++;
        }),
    );
    await factory
      .create({ apiServer: other.url, caPem: authority.pem }, async () => TOKEN)
      .version();
    expect(ended).toBe(0);
    leave.abort();
    await Promise.all(hanging);
    await other.stop();
  });
});
