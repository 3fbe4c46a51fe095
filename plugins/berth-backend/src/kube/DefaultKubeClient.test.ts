import { AddressPolicy } from '@berth/plugin-berth-node';
import { DefaultKubeClientFactory } from './DefaultKubeClientFactory';
import { inspect } from 'node:util';
import { ROLE_BINDINGS, SECRETS } from './resources';
import { KubeClient } from './types';
import { failedStatus, sendJson, TestServer } from './__testUtils__/TestServer';
import { TestAuthority } from './__testUtils__/certificates';

const KEY = { namespace: 'team-a', name: 'berth:admin:team-a' };
const COLLECTION =
  '/apis/rbac.authorization.k8s.io/v1/namespaces/team-a/rolebindings';
const PATH = `${COLLECTION}/berth%3Aadmin%3Ateam-a`;
const BINDING = {
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind: 'RoleBinding',
  metadata: KEY,
};

describe('DefaultKubeClient', () => {
  let server: TestServer;
  let factory: DefaultKubeClientFactory;
  let client: KubeClient;
  let tokens = 0;

  beforeAll(async () => {
    const authority = await TestAuthority.create('acme-ca');
    server = await TestServer.start(await authority.issue());
    factory = DefaultKubeClientFactory.create({
      policy: AddressPolicy.create({ allow: ['127.0.0.0/8'] }),
      fieldManager: 'berth',
    });
    client = factory.create(
      { apiServer: server.url, caPem: authority.pem },
      async () => `token-${tokens++}`,
    );
  });

  beforeEach(() => {
    server.requests.length = 0;
    server.bodies.length = 0;
    server.answer = (_request, response) => sendJson(response, BINDING);
  });

  afterAll(async () => {
    await factory.close();
    await server.stop();
  });

  const notFound = (reason: string) => {
    server.answer = (_request, response) =>
      sendJson(response, failedStatus(404, reason, 'no'), 404);
  };

  it('asks for a token before each call', async () => {
    await client.get(ROLE_BINDINGS, KEY);
    await client.get(ROLE_BINDINGS, KEY);
    const [first, second] = server.requests;
    expect(first.authorization).toMatch(/^Bearer token-\d+$/);
    expect(second.authorization).not.toBe(first.authorization);
  });

  it('throws the errors of the token source unchanged', async () => {
    const failure = new Error('no key');
    await expect(
      factory
        .create({ apiServer: server.url, caPem: '' }, async () => {
          throw failure;
        })
        .version(),
    ).rejects.toBe(failure);
  });

  it('gets an object, and undefined if the API server has none', async () => {
    await expect(client.get(ROLE_BINDINGS, KEY)).resolves.toEqual(BINDING);
    expect(server.requests[0]).toMatchObject({ method: 'GET', url: PATH });
    notFound('NotFound');
    await expect(client.get(ROLE_BINDINGS, KEY)).resolves.toBeUndefined();
  });

  it('P14 applies a Secret for an answer without its content, and repeats no word of the API server', async () => {
    const secret = {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { namespace: 'team-a', name: 'berth-pull-harbor' },
      data: { '.dockerconfigjson': 'cGE1NQ==' },
    };
    const metadata = { ...secret.metadata, uid: 'u', annotations: { a: 'b' } };
    server.answer = (request, response) =>
      sendJson(response, {
        apiVersion: 'meta.k8s.io/v1',
        kind: request.headers.accept?.includes('as=PartialObjectMetadata')
          ? 'PartialObjectMetadata'
          : 'Secret',
        metadata,
      });
    const answered = await client.applyHidden(SECRETS, secret);
    expect(answered).toEqual({ metadata: { ...secret.metadata, uid: 'u' } });
    expect(server.requests[0]).toMatchObject({
      method: 'PATCH',
      url: '/api/v1/namespaces/team-a/secrets/berth-pull-harbor?fieldManager=berth&force=true',
    });
    server.answer = (_request, response) =>
      sendJson(response, failedStatus(422, 'cGE1NQ==', 'data cGE1NQ=='), 422);
    const failure = await client.applyHidden(SECRETS, secret).catch(one => one);
    expect(failure).toMatchObject({ failure: 'Invalid', status: 422 });
    expect(failure.message).toMatch(
      /^\S+ did not store Secret berth-pull-harbor: Invalid \(422\)$/,
    );
    expect(inspect(failure)).not.toContain('cGE1NQ');
    expect(failure.causes).toEqual([]);
  });

  it('S38 does not take a 404 of an intermediary as absence', async () => {
    server.answer = (_request, response) => {
      response.writeHead(404, { 'content-type': 'text/plain' });
      response.end('404 page not found');
    };
    await expect(client.get(ROLE_BINDINGS, KEY)).rejects.toMatchObject({
      failure: 'NotFound',
    });
    await expect(
      client.delete(ROLE_BINDINGS, KEY, { uid: 'u' }),
    ).rejects.toMatchObject({ failure: 'NotFound' });
  });

  it('creates in the namespace of the object', async () => {
    await client.create(ROLE_BINDINGS, BINDING);
    expect(server.requests[0]).toMatchObject({
      method: 'POST',
      url: `${COLLECTION}?fieldManager=berth`,
    });
    expect(JSON.parse(server.bodies[0])).toEqual(BINDING);
    await expect(
      client.create(ROLE_BINDINGS, {
        ...BINDING,
        metadata: { name: 'x' },
      }),
    ).rejects.toThrow('needs a namespace');
  });

  it('applies as its field manager, by force', async () => {
    await client.apply(ROLE_BINDINGS, BINDING);
    expect(server.requests[0]).toMatchObject({
      method: 'PATCH',
      url: `${PATH}?fieldManager=berth&force=true`,
    });
    expect(JSON.parse(server.bodies[0])).toEqual(BINDING);
  });

  it('S35 deletes only the object of the given UID', async () => {
    await expect(
      client.delete(ROLE_BINDINGS, KEY, { uid: 'u-1' }),
    ).resolves.toBe(true);
    expect(server.requests[0]).toMatchObject({ method: 'DELETE', url: PATH });
    expect(JSON.parse(server.bodies[0]).preconditions).toEqual({ uid: 'u-1' });
    notFound('NotFound');
    await expect(
      client.delete(ROLE_BINDINGS, KEY, { uid: 'u-1' }),
    ).resolves.toBe(false);
  });

  it('passes the selection and the place in the list', async () => {
    server.answer = (request, response) =>
      sendJson(response, {
        apiVersion: BINDING.apiVersion,
        kind: 'RoleBindingList',
        metadata: {
          resourceVersion: '7',
          ...(!request.url?.includes('continue') && { continue: 'a+/=' }),
        },
        items: [],
      });
    for await (const item of client.list(ROLE_BINDINGS, {
      labelSelector: 'a=b',
    })) {
      expect(item).toBeUndefined();
    }
    const base = '/apis/rbac.authorization.k8s.io/v1/rolebindings?limit=500';
    expect(server.requests.map(request => request.url)).toEqual([
      `${base}&labelSelector=a%3Db`,
      `${base}&continue=a%2B%2F%3D&labelSelector=a%3Db`,
    ]);
  });

  it('reports why a call failed', async () => {
    server.answer = (_request, response) =>
      sendJson(response, failedStatus(409, 'AlreadyExists', 'it exists'), 409);
    await expect(client.create(ROLE_BINDINGS, BINDING)).rejects.toMatchObject({
      failure: 'Conflict',
      reason: 'AlreadyExists',
      status: 409,
      message: expect.stringContaining('it exists'),
    });
  });
});
