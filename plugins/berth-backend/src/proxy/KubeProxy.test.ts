import { once } from 'node:events';
import { RequestListener, ServerResponse } from 'node:http';
import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { ProxyUnderTest } from './__testUtils__/ProxyUnderTest';

const PODS = '/api/v1/namespaces/a/pods';
const WATCH = `${PODS}?watch=true`;
const PEOPLE = 1_000;

jest.setTimeout(120_000);

/** Waits until something holds. */
async function until(holds: () => boolean): Promise<void> {
  while (!holds()) {
    await delay(5);
  }
}

describe('KubeProxy', () => {
  let proxy: ProxyUnderTest;

  beforeEach(async () => {
    proxy = await ProxyUnderTest.start({
      bounds: { stallTimeout: 400, grace: 100 },
      deny: ['nodes/stats'],
      limits: { maxProxyStreams: 1_000 },
    });
  });

  afterEach(() => proxy.stop());

  const endless: RequestListener = (_, response) => {
    response.setHeader('content-type', 'application/json');
    response.flushHeaders();
  };

  it('passes on a request and its answer, as the person', async () => {
    proxy.upstream.answer = (_, response) => {
      response.writeHead(201, { 'content-type': 'application/json' });
      response.end('{"kind":"Pod"}');
    };
    const answer = await proxy.fetch(`${PODS}?fieldManager=me`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"kind":"Pod"}',
    });
    expect(answer.status).toBe(201);
    expect(await answer.json()).toEqual({ kind: 'Pod' });
    expect(proxy.upstream.requests).toMatchObject([
      {
        method: 'POST',
        url: `${PODS}?fieldManager=me`,
        body: '{"kind":"Pod"}',
      },
    ]);
  });

  it('records writes, reads of Secrets and logs, with their outcome, and nothing else', async () => {
    proxy.upstream.answer = ({ method }, response) => {
      response.writeHead(method === 'DELETE' ? 403 : 200, {
        'content-type': 'application/json',
      });
      response.end('{}');
    };
    await proxy.fetch(PODS);
    await proxy.fetch(`${PODS}/p/log?tailLines=5`);
    await proxy.fetch('/api/v1/namespaces/a/secrets/s');
    await proxy.fetch('/apis/apps/v1/namespaces/a/deployments/d/scale', {
      method: 'PATCH',
      headers: { 'content-type': 'application/merge-patch+json' },
      body: '{}',
    });
    const token = await proxy.kubectlToken({ sub: 'user:acme/bob' });
    await proxy.fetch(`${PODS}/p?dryRun=All`, {
      method: 'DELETE',
      headers: { authorization: `Bearer ${token}` },
    });
    const of = {
      cluster: 'prod01',
      clusterId: proxy.cluster.id,
      namespace: 'a',
    };
    expect(proxy.events).toEqual([
      {
        eventId: 'pod-log',
        actor: undefined,
        outcome: 'success',
        meta: {
          ...of,
          via: 'portal',
          verb: 'get',
          resource: 'pods/log',
          name: 'p',
          status: 200,
          auditId: expect.stringMatching(/^[\da-f-]{36}$/),
        },
      },
      expect.objectContaining({
        eventId: 'proxy-secret-read',
        meta: expect.objectContaining({ resource: 'secrets', name: 's' }),
      }),
      expect.objectContaining({
        eventId: 'proxy-write',
        meta: expect.objectContaining({
          verb: 'patch',
          resource: 'deployments.apps/scale',
        }),
      }),
      {
        eventId: 'proxy-write',
        actor: 'user:acme/bob',
        outcome: 'fail',
        meta: expect.objectContaining({
          via: 'kubectl',
          verb: 'delete',
          dryRun: 'All',
          error: 'prod01 answered 403',
        }),
      },
    ]);
    const ids = proxy.upstream.requests.map(
      ({ headers }) => Object.fromEntries(headers)['audit-id'],
    );
    expect(ids).toContain(proxy.events[0].meta.auditId);
    expect(JSON.stringify(proxy.events)).not.toMatch(/minted-for|eyJ/);
  });

  it('S30 never mixes up 1,000 people who share connections', async () => {
    proxy.upstream.answer = ({ headers, url = '' }, response) => {
      response.setHeader('content-type', 'application/json');
      // The answers overtake each other.
      setTimeout(
        () => response.end(JSON.stringify([headers.authorization, url])),
        Math.random() * 20,
      );
    };
    const names = Array.from({ length: PEOPLE }, (_, index) => `p${index}`);
    const answers = await Promise.all(
      names.map(async name => {
        const answer = await proxy.fetch(`/api/v1/nodes/${name}`, {}, name);
        return answer.json();
      }),
    );
    expect(answers).toEqual(
      names.map(name => [`Bearer minted-for-${name}`, `/api/v1/nodes/${name}`]),
    );
  });

  it('S31 ends 500 requests at the API server when their people go', async () => {
    proxy.upstream.answer = endless;
    const going = new AbortController();
    const watches = Array.from({ length: 500 }, async (_, index) => {
      const path = index % 2 ? WATCH : `${PODS}/p/log?follow=true`;
      const answer = await proxy.fetch(
        path,
        { signal: going.signal },
        `p${index}`,
      );
      await answer.text();
    });
    const ended = Promise.allSettled(watches);
    await until(() => proxy.upstream.open === 500);
    expect(proxy.streams.open).toBe(500);
    going.abort();
    await ended;
    await until(() => proxy.upstream.open === 0 && proxy.streams.open === 0);
  });

  it('S31 ends a request at the API server whose person goes before the answer', async () => {
    proxy.upstream.answer = () => {};
    const going = new AbortController();
    const gone = proxy.fetch(PODS, { signal: going.signal });
    await until(() => proxy.upstream.open === 1);
    going.abort();
    await expect(gone).rejects.toThrow();
    await until(() => proxy.upstream.open === 0);
  });

  it('S31 ends a stream with the token, and names the end to the API server', async () => {
    proxy.upstream.answer = endless;
    proxy.tokenLifetime = 1_200;
    const started = Date.now();
    const answers = await Promise.all(
      [`${WATCH}&timeoutSeconds=3600`, `${PODS}/p/log?follow=true`].map(
        async path => (await proxy.fetch(path)).text(),
      ),
    );
    expect(answers).toEqual(['', '']);
    expect(Date.now() - started).toBeGreaterThanOrEqual(1_000);
    expect(proxy.upstream.requests[0].url).toBe(`${WATCH}&timeoutSeconds=1`);
    await until(() => proxy.upstream.open === 0);
  });

  it('S31 keeps a shorter time of a watch', async () => {
    proxy.tokenLifetime = 599_500;
    await proxy.fetch(`${WATCH}&timeoutSeconds=30`);
    await proxy.fetch(`${WATCH}&timeoutSeconds=-5`);
    await proxy.fetch(`${WATCH}&timeoutSeconds=0`);
    expect(
      proxy.upstream.requests.map(
        ({ url }) => /timeoutSeconds=(\d+)/.exec(url)?.[1],
      ),
    ).toEqual(['30', '599', '599']);
  });

  it('S31 ends what a person sees when the access is gone: the watch at its end, the next one at once', async () => {
    proxy.upstream.answer = endless;
    proxy.tokenLifetime = 500;
    const watch = await proxy.fetch(WATCH);
    expect(watch.status).toBe(200);
    proxy.excluded.add('alice');
    expect((await proxy.fetch(WATCH)).status).toBe(404);
    await watch.text();
    await until(() => proxy.upstream.open === 0);
  });

  it('passes each event on at once, uncompressed', async () => {
    let events: ServerResponse | undefined;
    proxy.upstream.answer = (request, response) => {
      endless(request, response);
      events = response;
    };
    const watch = await proxy.fetch(WATCH, {
      headers: { 'accept-encoding': 'gzip' },
    });
    expect(watch.headers.get('content-encoding')).toBeNull();
    expect(watch.headers.get('cache-control')).toBe('no-store, no-transform');
    const reader = watch.body!.getReader();
    for (const type of ['ADDED', 'MODIFIED', 'DELETED']) {
      const event = `${JSON.stringify({ type })}\n`;
      events!.write(event);
      const { value } = await reader.read();
      expect(Buffer.from(value!).toString()).toBe(event);
    }
    await reader.cancel();
  });

  it('S31 stops reading for a slow person, and gives up one who takes nothing', async () => {
    let sent = 0;
    proxy.upstream.answer = (_, response) => {
      response.setHeader('content-type', 'application/json');
      const chunk = Buffer.alloc(64 * 1024, 'x');
      const more = () => {
        do {
          sent += chunk.length;
        } while (!response.destroyed && response.write(chunk));
      };
      response.on('drain', more);
      more();
    };
    const socket = connect(proxy.port, '127.0.0.1');
    socket.pause();
    socket.write(
      `GET /api/berth/clusters/prod01/proxy${WATCH} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer person-slow\r\n\r\n`,
    );
    await until(() => proxy.streams.open === 1);
    await until(() => proxy.streams.open === 0);
    await until(() => proxy.upstream.open === 0);
    // What the buffers of two connections hold, and not what was sent until now.
    expect(sent).toBeLessThan(32 * 1024 * 1024);
    socket.destroy();
  });

  it('limits the streams of a person with words', async () => {
    await proxy.stop();
    proxy = await ProxyUnderTest.start({ streamsPerPerson: 2 });
    proxy.upstream.answer = endless;
    const open = [await proxy.fetch(WATCH), await proxy.fetch(WATCH)];
    const third = await proxy.fetch(WATCH);
    expect(third.status).toBe(429);
    expect((await third.json()).error).toMatchObject({
      name: 'StreamLimitError',
      message:
        'You have 2 watches, lists and followed logs open through the portal. End one of them first',
    });
    expect((await proxy.fetch(WATCH, {}, 'bob')).status).toBe(200);
    await open[0].body!.cancel();
    await until(() => proxy.streams.open === 2);
    expect((await proxy.fetch(WATCH)).status).toBe(200);
  });

  it('limits the requests of a person with words and the time to wait', async () => {
    await proxy.stop();
    proxy = await ProxyUnderTest.start({ requestsPerMinute: 2 });
    await proxy.fetch(PODS);
    const token = await proxy.kubectlToken();
    const asKubectl = { headers: { authorization: `Bearer ${token}` } };
    await proxy.fetch(PODS, asKubectl);
    const third = await proxy.fetch(PODS, asKubectl);
    expect(third.status).toBe(429);
    expect(Number(third.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await third.json()).toMatchObject({
      kind: 'Status',
      reason: 'TooManyRequests',
      message: expect.stringContaining('more than 2 requests'),
    });
    expect((await proxy.fetch(PODS, {}, 'bob')).status).toBe(200);
  });

  it('says plainly that a cluster does not accept the tokens of the portal', async () => {
    proxy.cluster.connection = 'serviceAccount';
    const answer = await proxy.fetch(PODS);
    expect(answer.status).toBe(501);
    expect((await answer.json()).error.message).toMatch(
      /^prod01 does not accept the portal's tokens/,
    );
  });

  it('does not know a cluster that the person may not use', async () => {
    proxy.excluded.add('alice');
    expect((await proxy.fetch(PODS)).status).toBe(404);
  });

  it('lets the connection go on after an error', async () => {
    proxy.upstream.answer = (_, response) => {
      response.setHeader('content-type', 'text/html');
      response.end('<h1>');
    };
    expect((await proxy.fetch(PODS)).status).toBe(502);
    proxy.upstream.answer = (_, response) => {
      response.setHeader('content-type', 'application/json');
      response.end('{}');
    };
    expect((await proxy.fetch(PODS)).status).toBe(200);
    const socket = connect(proxy.port, '127.0.0.1');
    await once(socket, 'connect');
    socket.destroy();
  });
});

describe('S56 kubectl through the proxy', () => {
  let proxy: ProxyUnderTest;

  beforeAll(async () => {
    proxy = await ProxyUnderTest.start();
  });

  beforeEach(() => {
    proxy.upstream.requests.length = 0;
    proxy.cluster.kubectlVia = 'portal';
  });

  afterAll(() => proxy.stop());

  const ask = (token: string, headers: Record<string, string> = {}) =>
    proxy.fetch(PODS, {
      headers: { authorization: `Bearer ${token}`, ...headers },
    });

  it('S56 passes the token of this cluster on as it is', async () => {
    const token = await proxy.kubectlToken();
    expect((await ask(token)).status).toBe(200);
    const { authorization } = Object.fromEntries(
      proxy.upstream.requests[0].headers,
    );
    expect(authorization).toBe(`Bearer ${token}`);
  });

  it('S56 refuses every other token with 401, and passes nothing on', async () => {
    const good = await proxy.kubectlToken();
    const [header, payload, signature] = good.split('.');
    const unsigned = Buffer.from('{"alg":"none","typ":"JWT"}').toString(
      'base64url',
    );
    const stranger = await ProxyUnderTest.start();
    const tokens = {
      'of another cluster': await proxy.kubectlToken({ aud: 'another' }),
      'of the reconciler': await proxy.kubectlToken({
        sub: 'berth:reconciler',
      }),
      'of a service account': await proxy.kubectlToken({
        sub: 'system:serviceaccount:a:b',
      }),
      expired: await proxy.kubectlToken({
        notAfter: new Date(Date.now() - 1_000),
      }),
      'without a signature': `${unsigned}.${payload}.`,
      'with a part of the signature': `${header}.${payload}.${signature.slice(
        4,
      )}`,
      'of another issuer': (
        await proxy
          .signer('https://evil.example.com')
          .sign({ sub: 'user:alice', aud: proxy.cluster.id, groups: [] })
      ).token,
      'of another portal with the same name': await stranger.kubectlToken(),
      'of a service': 'service-catalog',
      'of nobody': 'x',
      'that is empty': '',
    };
    await stranger.stop();
    const statuses = await Promise.all(
      Object.entries(tokens).map(async ([what, token]) => [
        what,
        (await ask(token)).status,
      ]),
    );
    expect(statuses).toEqual(Object.keys(tokens).map(what => [what, 401]));
    expect(proxy.upstream.requests).toEqual([]);
  });

  it('S56 refuses a token whose key is revoked', async () => {
    const token = await proxy.kubectlToken();
    expect((await ask(token)).status).toBe(200);
    await proxy.rotate();
    expect((await ask(token)).status).toBe(401);
    expect((await ask(await proxy.kubectlToken())).status).toBe(200);
  });

  it('S56 answers alike for a cluster that does not exist and one of another token', async () => {
    const token = await proxy.kubectlToken();
    const unknown = await fetch(proxy.url(PODS).replace('prod01', 'unknown'), {
      headers: { authorization: `Bearer ${token}` },
    });
    const other = await ask(await proxy.kubectlToken({ aud: 'another' }));
    expect(unknown.status).toBe(401);
    expect(await unknown.text()).toBe(await other.text());
  });

  it.each<[string, Record<string, string>]>([
    ['nothing', { authorization: '' }],
    ['a cookie', { authorization: '', cookie: 'backstage-auth=person-alice' }],
    ['a password', { authorization: 'Basic cGVyc29uLWFsaWNl' }],
    ['another scheme', { authorization: 'Token person-alice' }],
    ['a lone word', { authorization: 'person-alice' }],
  ])('S56 takes %s for nobody', async (_, headers) => {
    const answer = await proxy.fetch(PODS, { headers });
    expect(answer.status).toBe(401);
    expect(proxy.upstream.requests).toEqual([]);
  });

  it('S56 answers kubectl with a Status, and a page with an error of Backstage', async () => {
    proxy.cluster.kubectlVia = 'direct';
    const token = await proxy.kubectlToken();
    const refused = await ask(token);
    expect(refused.status).toBe(403);
    expect(await refused.json()).toEqual({
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Failure',
      reason: 'Forbidden',
      code: 403,
      message:
        'kubectl does not call prod01 through the portal any more. Get a new kubeconfig; with kubectl-berth: kubectl berth setup',
    });
    expect(refused.headers.get('cache-control')).toBe('no-store');
    const page = await proxy.fetch('/metrics');
    expect((await page.json()).error).toMatchObject({
      name: 'NotAllowedError',
      message: 'The portal does not pass on requests to "/metrics"',
    });
  });

  it('S56 passes a 401 of the API server on to kubectl, which then gets a new token', async () => {
    proxy.upstream.answer = (_, response) => {
      response.writeHead(401, { 'content-type': 'application/json' });
      response.end('{"kind":"Status","code":401}');
    };
    const answer = await ask(await proxy.kubectlToken());
    expect(answer.status).toBe(401);
    expect(await answer.json()).toEqual({ kind: 'Status', code: 401 });
  });
});
