import { AddressPolicy } from '@berth/plugin-berth-node';
import { TestAuthority } from './__testUtils__/certificates';
import { failedStatus, sendJson, TestServer } from './__testUtils__/TestServer';
import { DefaultKubeClientFactory } from './DefaultKubeClientFactory';
import { NAMESPACES } from './resources';
import { KubeTarget } from './types';

const TABLE = 'application/json;as=Table;g=meta.k8s.io;v=v1';

describe('a client for a person', () => {
  let server: TestServer;
  let factory: DefaultKubeClientFactory;
  let target: KubeTarget;

  beforeAll(async () => {
    const authority = await TestAuthority.create('acme-ca');
    server = await TestServer.start(await authority.issue());
    target = { apiServer: server.url, caPem: authority.pem };
  });

  beforeEach(() => {
    server.requests.length = 0;
    server.bodies.length = 0;
    factory = DefaultKubeClientFactory.create({
      policy: AddressPolicy.create({ allow: ['127.0.0.0/8'] }),
      fieldManager: 'test',
      limits: { maxBytesPerMinute: 1_000 },
    });
  });

  afterEach(() => factory.close());
  afterAll(() => server.stop());

  it('sends the token, the method, the accepted type and the body', async () => {
    let accept: string | undefined;
    server.answer = (request, response) => {
      accept = request.headers.accept;
      sendJson(response, { ok: true });
    };
    await expect(
      factory.forPerson(target, 'of-alice').request({
        method: 'PUT',
        path: '/api/v1/namespaces/a/pods/p',
        query: { dryRun: 'All', force: undefined },
        accept: TABLE,
        body: { contentType: 'application/json', content: { a: 1 } },
      }),
    ).resolves.toEqual({ ok: true });
    expect(server.requests).toEqual([
      {
        method: 'PUT',
        url: '/api/v1/namespaces/a/pods/p?dryRun=All',
        authorization: 'Bearer of-alice',
      },
    ]);
    expect(accept).toBe(TABLE);
    expect(server.bodies).toEqual(['{"a":1}']);
  });

  it('S32 neither uses up the bytes of the portal nor has the server suspended', async () => {
    const person = factory.forPerson(target, 'of-alice');
    const portal = factory.create(target, async () => 'of-the-portal');
    const read = (maxBytes?: number) =>
      person.request({ method: 'GET', path: '/api/v1/pods', maxBytes });
    server.answer = (_, response) =>
      sendJson(response, { text: 'x'.repeat(5_000) });
    await read();
    await expect(read(100)).rejects.toMatchObject({
      reason: 'ResponseTooLarge',
    });
    server.answer = (_, response) =>
      sendJson(response, `${'['.repeat(300)}${']'.repeat(300)}`);
    await expect(read()).rejects.toMatchObject({ reason: 'JsonTooComplex' });
    server.answer = (_, response) =>
      sendJson(response, failedStatus(404, 'NotFound', 'no'), 404);
    await expect(
      portal.get(NAMESPACES, { name: 'a' }),
    ).resolves.toBeUndefined();
  });

  it('S32 reads for a person while the portal does not call the server', async () => {
    const portal = factory.create(target, async () => 'of-the-portal');
    server.answer = (_, response) =>
      sendJson(response, { text: 'x'.repeat(5_000) });
    await expect(portal.version()).rejects.toThrow('does not report');
    await expect(portal.version()).rejects.toMatchObject({
      reason: 'OutOfBudget',
    });
    await expect(
      factory
        .forPerson(target, 'of-alice')
        .request({ method: 'GET', path: '/version' }),
    ).resolves.toEqual({ text: expect.any(String) });
  });

  it('opens an answer of any status, unread', async () => {
    server.answer = (_, response) => {
      response.writeHead(403, { 'content-type': 'text/plain' });
      response.end('no');
    };
    const { status, body } = await factory.forPerson(target, 'of-alice').open({
      method: 'GET',
      path: '/api/v1/namespaces/a/pods/p/log',
      headers: { accept: '*/*' },
      signal: AbortSignal.timeout(5_000),
      stream: true,
    });
    expect(status).toBe(403);
    expect(Buffer.concat(await body.toArray()).toString()).toBe('no');
  });
});
