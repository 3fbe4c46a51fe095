import { BerthClient } from './BerthClient';

function clientAnswering(response: Response) {
  const fetch = jest.fn(async () => response);
  const client = new BerthClient({
    getBaseUrl: async () => 'https://portal.example.com/api/berth',
    fetch: fetch as unknown as typeof globalThis.fetch,
  });
  return { client, fetch };
}

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

  it('sends no body where there is none, as the token route takes no claims', async () => {
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

  it('sends a list as a parameter for each value, and nothing for what is not asked', async () => {
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

  it('gives an export as a file', async () => {
    const { client, fetch } = clientAnswering(new Response('id,at\r\n'));
    const file = await client.exportActivity({ event: 'token-mint' }, 'csv');
    expect(await file.text()).toBe('id,at\r\n');
    expect(fetch).toHaveBeenCalledWith(
      'https://portal.example.com/api/berth/activity?event=token-mint&format=csv',
      { method: 'GET' },
    );
  });

  it('binds a change to what the caller has seen', async () => {
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
});
