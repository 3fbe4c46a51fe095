import { TenancyClient } from './TenancyClient';

function setUp(answer: object = {}, init: ResponseInit = {}) {
  const fetch = jest.fn(
    async (..._call: Parameters<typeof globalThis.fetch>) =>
      new Response(JSON.stringify(answer), init),
  );
  const client = new TenancyClient({
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

describe('TenancyClient', () => {
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

  it('confirms what it deletes, by name and UID', async () => {
    const { client, called } = setUp();
    await client.deleteNamespace({ cluster: 'a/b', namespace: 'shop' }, 'u-1');
    expect(called().call).toBe(
      'DELETE /clusters/a%2Fb/namespaces/shop?confirm=shop&uid=u-1',
    );
  });

  it('binds a change to what was seen', async () => {
    // In the body, as browsers hide the header from pages of another origin.
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

  it('changes what it says of a namespace, with null for what goes', async () => {
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

  it("throws the backend's words", async () => {
    const error = { name: 'ConflictError', message: 'name "shop" is taken' };
    const { client } = setUp(
      { error, response: { statusCode: 409 } },
      { status: 409, headers: { 'Content-Type': 'application/json' } },
    );
    await expect(
      client.createNamespace('prod', { name: 'shop' }),
    ).rejects.toMatchObject({ statusCode: 409, cause: error });
  });
});
