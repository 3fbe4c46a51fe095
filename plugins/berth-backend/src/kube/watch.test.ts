import {
  AddressPolicy,
  DEFAULT_KUBE_LIMITS,
  KubeError,
  KubeLimits,
  KubeTransport,
  TargetGuard,
} from '@berth/plugin-berth-node';
import { RequestListener, ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { Agent } from 'undici';
import { DefaultKubeClientFactory } from './DefaultKubeClientFactory';
import { readLines } from './readLines';
import { NAMESPACES } from './resources';
import { KubeObject, KubeWatchEvent } from './types';
import { failedStatus, sendJson, TestServer } from './__testUtils__/TestServer';
import { TestAuthority } from './__testUtils__/certificates';

const LIMITS: KubeLimits = {
  ...DEFAULT_KUBE_LIMITS,
  maxLineBytes: 100_000,
  maxConnections: 2,
  maxWatches: 3,
};

const createFactory = (limits: Partial<KubeLimits> = {}) =>
  DefaultKubeClientFactory.create({
    policy: AddressPolicy.create({ allow: ['127.0.0.0/8'] }),
    fieldManager: 'test',
    limits: { ...LIMITS, ...limits },
  });

const added = (name: string, resourceVersion: string, more = {}) => ({
  type: 'ADDED',
  object: {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name, resourceVersion, uid: `uid-${name}` },
    ...more,
  },
});
const line = (event: unknown) => `${JSON.stringify(event)}\n`;

function begin(response: ServerResponse) {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.flushHeaders();
}

describe('readLines', () => {
  it('S32 yields the same lines for any division of the bytes', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.string({ unit: 'grapheme' }).filter(text => !text.includes('\n')),
        ),
        fc.array(fc.nat(40)),
        async (lines, cuts) => {
          const bytes = Buffer.from(lines.map(text => `${text}\n`).join(''));
          async function* chunks() {
            let at = 0;
            for (const cut of cuts) {
              yield bytes.subarray(at, at + cut);
              at += cut;
            }
            yield bytes.subarray(at);
          }
          const read: string[] = [];
          for await (const text of readLines(chunks(), 10_000, 'server')) {
            read.push(Buffer.from(text).toString());
          }
          expect(read).toEqual(lines);
        },
      ),
    );
  });

  it('S32 refuses a line beyond the limit, and accepts one of exactly the limit', async () => {
    async function* chunks(length: number) {
      yield Buffer.alloc(length - 3, 'x');
      yield Buffer.from('xxx\n');
    }
    const first = (length: number) =>
      readLines(chunks(length), 100, 'server').next();
    expect((await first(100)).value).toHaveLength(100);
    await expect(first(101)).rejects.toMatchObject({
      failure: 'Protocol',
      message: 'server sends a line of more than 100 bytes',
    });
  });
});

describe('watch', () => {
  let server: TestServer;
  let authority: TestAuthority;
  let factory: DefaultKubeClientFactory;
  let tokens: string[];

  beforeAll(async () => {
    authority = await TestAuthority.create('acme-ca');
    server = await TestServer.start(await authority.issue());
  });

  beforeEach(() => {
    server.requests.length = 0;
    tokens = ['first', 'second', 'third'];
    factory = createFactory();
  });

  afterEach(() => factory.close());
  afterAll(() => server.stop());

  async function limitTo(limits: Partial<KubeLimits>) {
    await factory.close();
    factory = createFactory(limits);
  }
  const target = () => ({ apiServer: server.url, caPem: authority.pem });
  const client = () =>
    factory.create(target(), async () => tokens.shift() ?? 'last');

  /** Returns the events of a watch, and its error if it fails. */
  async function watch(answer: RequestListener, signal?: AbortSignal) {
    server.answer = answer;
    const seen: KubeWatchEvent<KubeObject>[] = [];
    let end: unknown;
    try {
      const events = await client().watch(
        NAMESPACES,
        { resourceVersion: '7', labelSelector: 'a=b' },
        { signal },
      );
      for await (const event of events) {
        seen.push(event);
      }
    } catch (error) {
      end = error;
    }
    return {
      end: end as KubeError | undefined,
      seen: seen.map(event =>
        event.type === 'BOOKMARK'
          ? `BOOKMARK ${event.resourceVersion}`
          : `${event.type} ${event.object.metadata.name}`,
      ),
    };
  }

  const sends = (text: string) =>
    watch((_request, response) => {
      begin(response);
      response.end(text);
    });

  it('asks for bookmarks from a version on, and for a timeout', async () => {
    await limitTo({ watchTimeout: 1_000 });
    const { end, seen } = await sends(
      line(added('a', '8')) +
        line({ ...added('a', '9'), type: 'DELETED' }) +
        line({
          type: 'BOOKMARK',
          object: {
            kind: 'Namespace',
            apiVersion: 'v1',
            metadata: { resourceVersion: '12', creationTimestamp: null },
          },
        }),
    );
    expect(end).toBeUndefined();
    expect(seen).toEqual(['ADDED a', 'DELETED a', 'BOOKMARK 12']);
    expect(server.requests.map(request => request.url)).toEqual([
      '/api/v1/namespaces?watch=true&allowWatchBookmarks=true&resourceVersion=7&timeoutSeconds=1&labelSelector=a%3Db',
    ]);
  });

  it('asks for a fresh token each time', async () => {
    const shared = client();
    server.answer = (_request, response) => {
      begin(response);
      response.end();
    };
    for (let count = 0; count < 3; count++) {
      const events = await shared.watch(NAMESPACES, { resourceVersion: '7' });
      for await (const event of events) {
        expect(event).toBeUndefined();
      }
    }
    expect(server.requests.map(request => request.authorization)).toEqual([
      'Bearer first',
      'Bearer second',
      'Bearer third',
    ]);
  });

  it('throws Gone for a 410, as a status or as an event', async () => {
    const status = failedStatus(410, 'Expired', 'too old resource version');
    const byStatus = await watch((_request, response) =>
      sendJson(response, status, 410),
    );
    const byEvent = await sends(
      line(added('a', '8')) + line({ type: 'ERROR', object: status }),
    );
    expect(byStatus.end).toMatchObject({ failure: 'Gone', reason: 'Expired' });
    expect(byEvent.end).toMatchObject({ failure: 'Gone', reason: 'Expired' });
    expect(byEvent.seen).toEqual(['ADDED a']);
  });

  it('treats an error event without a code as a server failure', async () => {
    for (const object of [{}, undefined, { code: 'x' }, { code: 200 }]) {
      const { end } = await sends(line({ type: 'ERROR', object }));
      expect(end).toMatchObject({ failure: 'ServerError' });
    }
  });

  it('yields all complete events before a cut, at every byte of an event', async () => {
    const first = line(added('a', '8'));
    const second = line(added('bäh', '9'));
    const bytes = Buffer.from(first + second);
    const before = Buffer.byteLength(first);
    for (let at = before; at < bytes.length; at++) {
      const { end, seen } = await watch((_request, response) => {
        begin(response);
        response.write(bytes.subarray(0, at), () => response.destroy());
      });
      expect([at, seen, end?.failure]).toEqual([at, ['ADDED a'], 'TCP']);
    }
    // A server can also end its answer properly in the middle of an event.
    for (let at = before + 1; at < bytes.length; at++) {
      const { end, seen } = await watch((_request, response) => {
        begin(response);
        response.end(bytes.subarray(0, at));
      });
      expect([at, seen, end?.failure]).toEqual([at, ['ADDED a'], 'Protocol']);
    }
  });

  it('S32 stops reading an endless line', async () => {
    let written = 0;
    const { end } = await watch((_request, response) => {
      begin(response);
      const chunk = 'x'.repeat(64 * 1024);
      const write = () => {
        while (!response.destroyed && response.write(chunk)) {
          written += chunk.length;
        }
      };
      response.on('drain', write);
      write();
    });
    expect(end).toMatchObject({
      failure: 'Protocol',
      message: expect.stringContaining('a line of more than 100000 bytes'),
    });
    expect(written).toBeLessThan(20_000_000);
  });

  it('S32 ends a slow watch and a silent watch by the deadline', async () => {
    const agent = new Agent({ connect: { ca: authority.pem } });
    const guard = new TargetGuard({ server: 'server', limits: LIMITS });
    const transport = new KubeTransport({
      target: target(),
      getToken: async () => 'token',
      dispatcher: purpose => {
        expect(purpose).toBe('watches');
        return agent;
      },
      guard: () => guard,
      userAgent: 'test',
      limits: LIMITS,
    });
    const timers: NodeJS.Timeout[] = [];
    const answers: RequestListener[] = [
      (_request, response) => begin(response),
      (_request, response) => {
        begin(response);
        timers.push(setInterval(() => response.write(' '), 20));
      },
    ];
    for (const answer of answers) {
      server.answer = answer;
      const chunks = await transport.stream(
        { method: 'GET', path: '/api/v1/namespaces' },
        500,
      );
      const read = async () => {
        for await (const chunk of chunks) {
          expect(chunk.length).toBeGreaterThan(0);
        }
      };
      await expect(read()).rejects.toMatchObject({
        failure: 'Timeout',
        message: expect.stringContaining('within 0.5 s'),
      });
    }
    timers.forEach(clearInterval);
    await agent.destroy();
  });

  it('S32 ends a watch that is never answered, or never gets a token', async () => {
    await limitTo({ requestTimeout: 700 });
    const { end } = await watch(() => {});
    expect(end).toMatchObject({ failure: 'Timeout' });
    const stuck = factory.create(target(), () => new Promise(() => {}));
    await expect(
      stuck.watch(NAMESPACES, { resourceVersion: '7' }),
    ).rejects.toMatchObject({ failure: 'Timeout' });
    expect(server.requests).toHaveLength(1);
  });

  it('S32 refuses a gzip bomb unread, and data that is not JSON', async () => {
    const bomb = gzipSync(Buffer.alloc(50_000_000, ' '));
    const packed = await watch((_request, response) => {
      response.writeHead(200, {
        'content-type': 'application/json',
        'content-encoding': 'gzip',
      });
      response.end(bomb);
    });
    expect(packed.end).toMatchObject({
      failure: 'Protocol',
      message: expect.stringContaining('compresses its answers (gzip)'),
    });
    const html = await watch((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/html' });
      response.end('<html>');
    });
    expect(html.end).toMatchObject({ failure: 'Protocol' });
    const malformed = await sends('{"type":"ADDED",\n');
    expect(malformed.end).toMatchObject({
      failure: 'Protocol',
      message: expect.stringContaining('malformed JSON'),
    });
  });

  it.each<[string, unknown]>([
    ['another kind', added('a', '8', { kind: 'Secret' })],
    ['another version', added('a', '8', { apiVersion: 'v2' })],
    ['no version', added('a', '')],
    ['a huge version', added('a', '8'.repeat(1_000))],
    ['no metadata', added('a', '8', { metadata: undefined })],
    ['a name that is no text', added(7 as unknown as string, '8')],
    ['no object', { type: 'ADDED' }],
    ['an unknown type', { ...added('a', '8'), type: 'RENAMED' }],
    ['no type', { object: {} }],
    ['a list', []],
    ['null', null],
    ['a bookmark without a version', { type: 'BOOKMARK', object: {} }],
  ])('S32 refuses an event of %s', async (_what, event) => {
    const { end, seen } = await sends(line(event));
    expect(seen).toEqual([]);
    expect(end).toMatchObject({ failure: 'Protocol' });
  });

  it('S32 accepts nothing from a key __proto__', async () => {
    server.answer = (_request, response) => {
      begin(response);
      response.end(
        line(added('a', '8')).replace(
          '"metadata":{',
          '"metadata":{"__proto__":{"labels":{"polluted":"yes"}},',
        ),
      );
    };
    const events = await client().watch(NAMESPACES, { resourceVersion: '7' });
    for await (const event of events) {
      const { metadata } = (event as { object: KubeObject }).object;
      expect(metadata.name).toBe('a');
      expect(Object.assign({}, metadata).labels).toBeUndefined();
    }
    expect.assertions(2);
  });

  it('leaves connections for calls, and ends with its signal', async () => {
    const leave = new AbortController();
    const open = [1, 2, 3].map(() =>
      watch((request, response) => {
        if (request.url?.includes('watch')) {
          begin(response);
        } else {
          sendJson(response, { gitVersion: 'v1.33.1' });
        }
      }, leave.signal),
    );
    await expect(
      Promise.all([1, 2, 3, 4].map(() => client().version())),
    ).resolves.toHaveLength(4);
    leave.abort(new Error('no longer wanted'));
    for (const { end } of await Promise.all(open)) {
      expect(end?.message).toBe('no longer wanted');
    }
  });

  it('S46 repeats no token from an API server', async () => {
    const { end } = await watch((request, response) => {
      begin(response);
      response.end(
        line({
          type: 'ERROR',
          object: failedStatus(
            500,
            'InternalError',
            `eyJabc.def.ghi ${request.headers.authorization}`,
          ),
        }),
      );
    });
    expect(end?.message).toContain('failed (500)');
    expect(end?.message).not.toMatch(/eyJ|first/);
  });
});
