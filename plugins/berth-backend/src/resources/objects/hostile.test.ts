import { once } from 'node:events';
import { ServerResponse } from 'node:http';
import { TestAuthority } from '../../kube/__testUtils__/certificates';
import {
  failedStatus,
  sendJson,
  TestServer,
} from '../../kube/__testUtils__/TestServer';
import { ResourcesUnderTest } from '../__testUtils__/ResourcesUnderTest';
import { until } from './__testUtils__/TeamCluster';

const VALUE = 'planted-value-4711';
const BASE64 = Buffer.from(VALUE).toString('base64');
const PATH = '/clusters/prod/objects/core/secrets/s';
const HTML = '<img src=x onerror=alert(1)>';

const SECRET = {
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name: 's', namespace: 'a', uid: 'U1' },
  data: { password: BASE64 },
};

const DISCOVERY = {
  kind: 'APIResourceList',
  groupVersion: 'v1',
  resources: [
    { name: 'secrets', kind: 'Secret', namespaced: true, verbs: ['get'] },
    { name: 'events', kind: 'Event', namespaced: true, verbs: ['list'] },
  ],
};

jest.setTimeout(60_000);

describe('S32 objects of a hostile cluster', () => {
  let server: TestServer;
  let portal: ResourcesUnderTest;
  let object: (response: ServerResponse) => void;

  beforeAll(async () => {
    const authority = await TestAuthority.create('acme-ca');
    server = await TestServer.start(await authority.issue());
    portal = await ResourcesUnderTest.start({
      prod: {
        apiServer: server.url,
        caPem: authority.pem,
        people: { alice: { namespaces: ['a'] } },
      },
    });
  });

  beforeEach(() => {
    server.answer = (request, response) => {
      if (request.url === '/api/v1') {
        sendJson(response, DISCOVERY);
      } else {
        object(response);
      }
    };
  });

  afterAll(async () => {
    await portal?.stop();
    await server?.stop();
  });

  async function read(path = '') {
    const answer = await portal.fetch(`${PATH}${path}?namespace=a`);
    return { answer, text: await answer.text() };
  }

  it.each([
    ['another kind', { ...SECRET, kind: 'ConfigMap' }],
    ['another version', { ...SECRET, apiVersion: 'v2' }],
    ['another name', { ...SECRET, metadata: { name: 'other' } }],
    ['a list', { kind: 'SecretList', apiVersion: 'v1', items: [SECRET] }],
    [
      'labels that are no texts',
      { ...SECRET, metadata: { name: 's', labels: { a: { b: VALUE } } } },
    ],
    ['a text', VALUE],
    ['null', null],
  ])('is a 502 if the cluster answers with %s', async (_, body) => {
    object = response => sendJson(response, body as object);
    const { answer, text } = await read();
    expect(answer.status).toBe(502);
    expect(text).not.toContain(VALUE);
    expect(text).not.toContain(BASE64);
  });

  it('is a 502 if the cluster answers with 100 MB, of which few are read', async () => {
    let sent = 0;
    object = async response => {
      response.setHeader('content-type', 'application/json');
      response.write('{"kind":"Secret","data":{"a":"');
      const part = 'x'.repeat(1024 * 1024);
      while (sent < 100 && !response.destroyed) {
        sent++;
        if (!response.write(part)) {
          await Promise.race([
            once(response, 'drain'),
            once(response, 'close'),
          ]);
        }
      }
      response.end('"}}');
    };
    const { answer, text } = await read();
    expect(answer.status).toBe(502);
    expect(text).toContain('answers with more than');
    expect(sent).toBeLessThan(60);
  });

  it('takes __proto__ for no field, and HTML for text', async () => {
    object = response => {
      response.setHeader('content-type', 'application/json');
      response.end(
        JSON.stringify({
          ...SECRET,
          metadata: { ...SECRET.metadata, annotations: { note: HTML } },
        }).replace('"kind"', '"__proto__":{"polluted":true},"kind"'),
      );
    };
    const { answer, text } = await read();
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toMatch(/^application\/json/);
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    const { object: shown } = JSON.parse(text);
    expect(shown.metadata.annotations.note).toBe(HTML);
    expect(text).not.toContain('polluted');
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  it('S57 masks a Secret whose fields have wrong types', async () => {
    object = response =>
      sendJson(response, {
        ...SECRET,
        data: { password: { deep: VALUE }, list: [BASE64] },
        stringData: VALUE,
      });
    const { answer, text } = await read();
    expect(answer.status).toBe(200);
    expect(text).not.toContain(VALUE);
    expect(text).not.toContain(BASE64);
  });

  it('S29 reads, reveals and applies nothing that berth.proxy.deny takes away', async () => {
    portal.deny.push('secrets');
    server.requests.length = 0;
    try {
      const { answer, text } = await read();
      expect(answer.status).toBe(403);
      expect(text).toContain(
        'does not pass on requests for secrets, by berth.proxy.deny',
      );
      const post = (path: string, body: object) =>
        portal.fetch(path, 'alice', {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(body),
        });
      const revealed = await post(`${PATH}/reveal?namespace=a`, {
        keys: ['password'],
      });
      expect(revealed.status).toBe(403);
      const applied = await post('/clusters/prod/apply', {
        yaml: 'apiVersion: v1\nkind: Secret\nmetadata: {name: s, namespace: a}',
      });
      expect((await applied.json()).items).toMatchObject([
        { action: 'failed', problem: expect.stringContaining('proxy.deny') },
      ]);
      expect(
        server.requests.filter(({ url = '' }) => url.includes('secrets')),
      ).toEqual([]);
    } finally {
      portal.deny.length = 0;
    }
  });

  it.each([
    ['core/pods', 'pods'],
    ['core/pods', 'pods/log'],
    ['apps/deployments', 'pods'],
    ['apps/deployments', 'deployments'],
    ['apps/deployments', 'deployments.apps'],
    ['apps/deployments', 'replicasets'],
    ['apps/statefulsets', 'statefulsets.apps'],
    ['batch/cronjobs', 'jobs.batch'],
  ])(
    'S29 reads no log of %s if berth.proxy.deny takes %s away',
    async (kind, denied) => {
      portal.deny.push(denied);
      server.requests.length = 0;
      try {
        const path = `/clusters/prod/objects/${kind}/x/logs?namespace=a`;
        const answer = await portal.fetch(path);
        expect(answer.status).toBe(403);
        expect(await answer.text()).toContain('berth.proxy.deny');
        expect(server.requests).toEqual([]);
      } finally {
        portal.deny.length = 0;
      }
    },
  );

  it('is no 401 if the cluster refuses the token', async () => {
    object = response => sendJson(response, { kind: 'Status' }, 401);
    const { answer, text } = await read();
    expect(answer.status).toBe(502);
    expect(text).toContain('prod refuses the token of the portal');
    expect(text).not.toContain('of-alice');
  });

  it('ends a list of events that does not end', async () => {
    let pages = 0;
    object = response => {
      pages++;
      sendJson(response, {
        ...(pages === 1
          ? SECRET
          : {
              kind: 'EventList',
              apiVersion: 'v1',
              metadata: { resourceVersion: '1', continue: `next-${pages}` },
              items: [],
            }),
      });
    };
    const { answer } = await read('/events');
    expect(answer.status).toBe(502);
    expect(pages).toBeLessThan(200);
  });

  it('S20 calls nothing for an owner whose name is no name', async () => {
    object = response =>
      sendJson(response, {
        ...SECRET,
        metadata: {
          ...SECRET.metadata,
          ownerReferences: [
            { apiVersion: 'v1', kind: 'Secret', name: 's/status', uid: 'U2' },
          ],
        },
      });
    server.requests.length = 0;
    const { answer, text } = await read('/related');
    expect(answer.status).toBe(200);
    expect(JSON.parse(text).items).toMatchObject([
      { relation: 'owner', name: 's/status', missing: true },
    ]);
    expect(
      server.requests.filter(({ url = '' }) => url.includes('status')),
    ).toEqual([]);
  });

  it('S32 ends lists of more than 32 MiB', async () => {
    let pages = 0;
    const message = 'x'.repeat(1024 * 1024);
    object = response => {
      pages++;
      sendJson(response, {
        ...(pages === 1
          ? SECRET
          : {
              kind: 'EventList',
              apiVersion: 'v1',
              metadata: { resourceVersion: '1', continue: `next-${pages}` },
              items: [1, 2, 3, 4, 5].map(index => ({
                metadata: { name: `e-${index}`, namespace: 'a' },
                message,
              })),
            }),
      });
    };
    const { answer, text } = await read('/events');
    expect(answer.status).toBe(502);
    expect(text).toContain('hold more than 32 MiB');
    expect(pages).toBeLessThan(10);
  });

  it('S47 finishes a change whose caller leaves, and records the success', async () => {
    const left = new AbortController();
    const { closed } = portal;
    let finish = () => {};
    server.answer = (request, response) => {
      if (request.url === '/api/v1') {
        sendJson(response, DISCOVERY);
      } else if (request.method === 'GET') {
        sendJson(response, SECRET);
      } else {
        finish = () => sendJson(response, { kind: 'Status' });
        left.abort();
      }
    };
    portal.events.length = 0;
    await expect(
      portal.fetch(`${PATH}?namespace=a&uid=U1`, 'alice', {
        method: 'DELETE',
        signal: left.signal,
      }),
    ).rejects.toThrow();
    await until(async () => portal.closed > closed);
    finish();
    await until(async () => portal.events[0]?.outcome !== undefined);
    expect(portal.events).toMatchObject([
      { eventId: 'object-delete', outcome: 'success' },
    ]);
  });

  it('S57 shows no value that a webhook repeats, and records none', async () => {
    const base = `apiVersion: v1\nkind: Secret\nmetadata: {name: s, namespace: a}\n`;
    server.answer = (request, response) => {
      if (request.url === '/api/v1') {
        sendJson(response, DISCOVERY);
      } else if (request.method === 'GET') {
        sendJson(response, SECRET);
      } else {
        const words = `admission webhook "x" denied the request: ${VALUE}`;
        sendJson(response, failedStatus(403, 'Forbidden', words), 403);
      }
    };
    portal.events.length = 0;
    const send = async (method: string, path: string, body?: object) => {
      const answer = await portal.fetch(path, 'alice', {
        method,
        headers: { 'content-type': 'application/json' },
        body: body && JSON.stringify(body),
      });
      return answer.text();
    };
    const texts = await Promise.all([
      send('DELETE', `${PATH}?namespace=a&uid=U1`),
      send('PATCH', `${PATH}?namespace=a`, {
        uid: 'U1',
        base,
        yaml: `${base}type: x\n`,
      }),
      send('POST', '/clusters/prod/apply', { yaml: base }),
    ]);
    for (const text of texts) {
      expect(text).toContain('The cluster refuses the Secret (403 Forbidden)');
      expect(text).not.toContain(VALUE);
    }
    expect(portal.events.map(({ eventId }) => eventId).sort()).toEqual([
      'object-delete',
      'object-edit',
    ]);
    expect(JSON.stringify(portal.events)).not.toContain(VALUE);
  });

  it('S59 answers alike for an unknown cluster and for one that is not shared', async () => {
    const answers = await Promise.all(
      [
        ['/clusters/other/objects/core/secrets/s?namespace=a', 'alice'],
        ['/clusters/prod/objects/core/secrets/s?namespace=a', 'mallory'],
      ].map(([path, person]) => portal.fetch(path, person)),
    );
    expect(answers.map(({ status }) => status)).toEqual([404, 404]);
    const [unknown, unshared] = await Promise.all(
      answers.map(async answer => (await answer.json()).error.message),
    );
    expect(unshared).toBe(unknown.replace('other', 'prod'));
  });
});
