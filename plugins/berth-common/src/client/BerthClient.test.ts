import { BerthClient } from './BerthClient';

function clientAnswering(response: Response) {
  const fetch = jest.fn(async () => response);
  const client = new BerthClient({
    getBaseUrl: async () => 'https://portal.example.com/api/berth',
    fetch: fetch as unknown as typeof globalThis.fetch,
  });
  return { client, fetch };
}

function setUp(answer: object = {}, init: ResponseInit = {}) {
  const fetch = jest.fn(
    async (..._call: Parameters<typeof globalThis.fetch>) =>
      new Response(JSON.stringify(answer), init),
  );
  const client = new BerthClient({
    getBaseUrl: async () => 'https://portal.example.com/api/berth',
    fetch: fetch as typeof globalThis.fetch,
  });
  const called = () => {
    const [url, { method, headers, body } = {}] = fetch.mock.calls[0];
    const path = String(url).replace(
      'https://portal.example.com/api/berth',
      '',
    );
    return { call: `${method} ${path}`, headers, body };
  };
  return { client, called };
}

const shop = { cluster: 'prod', namespace: 'shop' };

describe('BerthClient', () => {
  it('sends a body as JSON', async () => {
    const { client, fetch } = clientAnswering(
      Response.json({ items: [], totalItems: 0 }),
    );
    await client.setShares('prod01', { groups: ['group:default/team-a'] });
    expect(fetch).toHaveBeenCalledWith(
      'https://portal.example.com/api/berth/clusters/prod01/shares',
      {
        method: 'PUT',
        headers: { 'Content-Type': 'application/json' },
        body: '{"groups":["group:default/team-a"]}',
      },
    );
  });

  it('sends no body without one, because the token route accepts no claims', async () => {
    const { client, fetch } = clientAnswering(
      Response.json({ token: 't', expiresAt: '2026-01-01T00:00:00.000Z' }),
    );
    await expect(client.createToken('prod01')).resolves.toEqual({
      token: 't',
      expiresAt: '2026-01-01T00:00:00.000Z',
    });
    expect(fetch).toHaveBeenCalledWith(
      'https://portal.example.com/api/berth/clusters/prod01/token',
      { method: 'POST' },
    );
  });

  it('sends a list as one parameter for each value, and nothing for missing parameters', async () => {
    const { client, fetch } = clientAnswering(Response.json({ items: [] }));
    await client.listActivity({
      cluster: ['prod01', 'staging'],
      actor: 'user:default/alice',
      since: undefined,
      limit: 20,
    });
    expect(fetch).toHaveBeenCalledWith(
      'https://portal.example.com/api/berth/activity?cluster=prod01&cluster=staging&actor=user%3Adefault%2Falice&limit=20',
      { method: 'GET' },
    );
  });

  it('returns an export as a file', async () => {
    const { client, fetch } = clientAnswering(new Response('id,at\r\n'));
    const file = await client.exportActivity({ event: 'token-mint' }, 'csv');
    expect(await file.text()).toBe('id,at\r\n');
    expect(fetch).toHaveBeenCalledWith(
      'https://portal.example.com/api/berth/activity?event=token-mint&format=csv',
      { method: 'GET' },
    );
  });

  it('binds a change to the state that the caller saw', async () => {
    const { client, fetch } = clientAnswering(Response.json({}));
    await client.updateCluster('prod01', { title: 'x' }, { etag: '"3"' });
    expect(fetch).toHaveBeenCalledWith(
      'https://portal.example.com/api/berth/clusters/prod01',
      {
        method: 'PATCH',
        headers: { 'Content-Type': 'application/json', 'If-Match': '"3"' },
        body: '{"title":"x"}',
      },
    );
  });

  it('requests a clean-up only with that option', async () => {
    const { client, fetch } = clientAnswering(new Response());
    await client.deleteCluster('prod01', { cleanUp: true });
    await client.deleteCluster('prod01');
    const urls = fetch.mock.calls.map(
      call => String(call.at(0)).split('/api/berth/')[1],
    );
    expect(urls).toEqual(['clusters/prod01?cleanUp=true', 'clusters/prod01']);
  });

  it('keeps a name inside its path segment', async () => {
    const { client, fetch } = clientAnswering(
      new Response(undefined, { status: 204 }),
    );
    await client.deleteCluster('../shares?x');
    expect(fetch).toHaveBeenCalledWith(
      'https://portal.example.com/api/berth/clusters/..%2Fshares%3Fx',
      { method: 'DELETE' },
    );
  });

  it("rejects with the backend's error", async () => {
    const { client } = clientAnswering(
      Response.json(
        {
          error: { name: 'ConflictError', message: 'prod01 is taken' },
          response: { statusCode: 409 },
        },
        { status: 409 },
      ),
    );
    await expect(
      client.createCluster({ name: 'prod01', apiServer: '', caData: '' }),
    ).rejects.toMatchObject({
      statusCode: 409,
      body: { error: { message: 'prod01 is taken' } },
    });
  });

  it('sends the filters of a list, with lists as repeated parameters', async () => {
    const { client, called } = setUp({ items: [], totalItems: 0 });
    await client.listNamespaces({
      cluster: ['a', 'b'],
      search: 'x&y',
      limit: 5,
      phase: undefined,
    });
    expect(called().call).toBe(
      'GET /namespaces?cluster=a&cluster=b&search=x%26y&limit=5',
    );
  });

  it('confirms a deletion by name and UID', async () => {
    const { client, called } = setUp();
    await client.deleteNamespace({ cluster: 'a/b', namespace: 'shop' }, 'u-1');
    expect(called().call).toBe(
      'DELETE /clusters/a%2Fb/namespaces/shop?confirm=shop&uid=u-1',
    );
  });

  it('binds a change to the given etag', async () => {
    // The tag is in the body, because browsers hide the header from pages of another origin.
    const seen = setUp({ items: [], etag: '"1"' });
    const { etag } = await seen.client.getGrants(shop);
    const { client, called } = setUp();
    await client.setGrants(shop, { grants: [] }, { etag });
    expect(called()).toEqual({
      call: 'PUT /clusters/prod/namespaces/shop/grants',
      headers: { 'Content-Type': 'application/json', 'If-Match': '"1"' },
      body: '{"grants":[]}',
    });
  });

  it('changes fields of a namespace, and removes them with null', async () => {
    const { client, called } = setUp();
    await client.updateNamespace(
      shop,
      { owner: 'group:default/a', system: null },
      { etag: '"1"' },
    );
    expect(called()).toEqual({
      call: 'PATCH /clusters/prod/namespaces/shop',
      headers: { 'Content-Type': 'application/json', 'If-Match': '"1"' },
      body: '{"owner":"group:default/a","system":null}',
    });
  });

  it.each([
    ['no quota', undefined, { 'If-None-Match': '*' }],
    ['a quota', '"1"', { 'If-Match': '"1"' }],
  ])('binds a quota to %s that was seen', async (_, etag, header) => {
    const { client, called } = setUp();
    await client.setQuota(shop, { hard: { pods: '1' } }, { etag });
    expect(called().headers).toMatchObject(header);
  });

  it('names a device in the path and its person in the query', async () => {
    const one = setUp();
    await one.client.endDevice('a/b');
    expect(one.called().call).toBe('DELETE /kubectl/devices/a%2Fb');
    const all = setUp();
    await all.client.endDevices({ user: 'user:default/ada' });
    expect(all.called().call).toBe(
      'DELETE /kubectl/devices?user=user%3Adefault%2Fada',
    );
  });

  it('returns a kubeconfig as text', async () => {
    const { client, fetch } = clientAnswering(new Response('kind: Config\n'));
    expect(await client.getKubeconfig({ cluster: 'prod01' })).toBe(
      'kind: Config\n',
    );
    expect(fetch).toHaveBeenCalledWith(
      'https://portal.example.com/api/berth/kubeconfig?cluster=prod01',
      { method: 'GET' },
    );
  });
});
