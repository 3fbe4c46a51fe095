import { once } from 'node:events';
import { createServer, Server } from 'node:http';
import { AddressInfo, connect } from 'node:net';
import { currentHelm } from '@berth/kube-binaries';
import { AddressPolicy, DefaultKubeClientFactory } from '../../kube';
import { TestAuthority } from '../../kube/__testUtils__/certificates';
import { RecordingServer } from '../../proxy/__testUtils__/RecordingServer';
import { until } from '../../resources/objects/__testUtils__/TeamCluster';
import { DiscoveryCache } from './DiscoveryCache';
import { HelmRunner } from './HelmRunner';
import { Relay, RelayAddress } from './Relay';
import { RelaySession } from './RelaySession';
import { RunRecord } from './RunRecord';
import { ShownGuard } from './ShownGuard';
import { TokenKeeper } from './TokenKeeper';
import { HelmMode, HelmToken } from './types';

const MAPS = '/api/v1/namespaces/shop/configmaps';
const CLUSTER = 'prod';
const PERSON = 'user:default/ann';

jest.setTimeout(60_000);

describe('Relay', () => {
  let authority: TestAuthority;
  let clients: DefaultKubeClientFactory;
  let relay: Relay;
  let upstream: RecordingServer;
  let elsewhere: Server;
  let hits = 0;
  const opened: RelayAddress[] = [];

  const newClients = (allow: string) =>
    DefaultKubeClientFactory.create({
      policy: AddressPolicy.create({ allow: [allow] }),
      fieldManager: 'berth',
    });

  beforeAll(async () => {
    authority = await TestAuthority.create('relay');
    upstream = await RecordingServer.start(await authority.issue());
    clients = newClients('127.0.0.0/8');
    relay = new Relay();
    elsewhere = createServer((_, response) => {
      hits++;
      response.end('{}');
    });
    elsewhere.listen(0, '127.0.0.1');
    await once(elsewhere, 'listening');
  });

  beforeEach(() => {
    upstream.requests.length = 0;
    hits = 0;
  });

  afterEach(() => opened.splice(0).forEach(address => address.close()));

  afterAll(async () => {
    await relay.close();
    await clients.close();
    await upstream.stop();
    elsewhere.close();
  });

  const target = (caPem = authority.pem) => ({
    name: CLUSTER,
    apiServer: upstream.url,
    caPem,
  });
  const elsewhereUrl = () =>
    `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}`;
  const aToken = async (): Promise<HelmToken> => ({
    token: 'minted',
    expiresAt: new Date(Date.now() + 60_000),
  });

  async function open({
    mode = 'apply' as HelmMode,
    mint = aToken,
    gateway = clients,
    cluster = target(),
    deny = [] as string[],
    discovery = new DiscoveryCache(),
    person = PERSON,
    shown = undefined as ShownGuard | undefined,
  } = {}) {
    const record = new RunRecord();
    const lost: unknown[] = [];
    const session = new RelaySession({
      cluster,
      deny,
      discovery: discovery.of({ cluster, person }),
      gateway,
      record,
      scope: { mode, namespace: 'shop', allowed: [] },
      shown,
      tokens: new TokenKeeper({ mint, onLost: error => lost.push(error) }),
    });
    const address = await relay.open(session);
    opened.push(address);
    return { ...address, record, lost };
  }

  /** Sends bytes, and returns the answer once the relay ends the connection. */
  async function send(
    url: string,
    lines: string[],
    body = '',
  ): Promise<string> {
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    socket.on('error', () => {});
    socket.write(
      `${[...lines, 'Connection: close'].join('\r\n')}\r\n\r\n${body}`,
    );
    let answer = '';
    socket.on('data', data => {
      answer += data;
    });
    await once(socket, 'close');
    return answer;
  }

  it('listens at the next run if the computer could not', async () => {
    const own = new Relay();
    const listen = jest
      .spyOn(Server.prototype, 'listen')
      .mockImplementationOnce(function fail(this: Server) {
        process.nextTick(() => this.emit('error', new Error('EMFILE')));
        return this;
      });
    const session = { close: () => {} } as RelaySession;
    await expect(own.open(session)).rejects.toThrow('EMFILE');
    listen.mockRestore();
    expect((await own.open(session)).url).toMatch(/^http:\/\/127\.0\.0\.1:/);
    await own.close();
  });

  it('passes a request on with the token, and with no header of helm', async () => {
    const { url } = await open();
    const answer = await fetch(`${url}${MAPS}?limit=1`, {
      headers: {
        authorization: 'Bearer of-helm',
        'impersonate-user': 'admin',
        accept: 'application/vnd.kubernetes.protobuf,application/json',
      },
    });
    expect(answer.status).toBe(200);
    const [request] = upstream.requests;
    expect(request.url).toBe(`${MAPS}?limit=1`);
    expect(Object.fromEntries(request.headers)).toEqual({
      accept: 'application/json',
      'accept-encoding': 'identity',
      'audit-id': expect.any(String),
      authorization: 'Bearer minted',
      connection: 'keep-alive',
      host: expect.any(String),
      'user-agent': 'helm',
    });
  });

  it.each<[number, boolean]>([
    [200, true],
    [403, true],
    [404, false],
  ])(
    'H5 asks the cluster before a write whether an object exists (%d)',
    async (status, exists) => {
      const { answer } = upstream;
      upstream.answer = (request, response) =>
        response.writeHead(request.method === 'GET' ? status : 200).end('{}');
      const answers: unknown[] = [];
      const shown = {
        assertMayWrite: async (
          ...[, , ask]: Parameters<ShownGuard['assertMayWrite']>
        ) => answers.push(await ask!('web-x')),
      } as unknown as ShownGuard;
      const { url } = await open({ shown });
      for (const [method, path] of [
        ['PATCH', `${MAPS}/web-x`],
        ['POST', MAPS],
      ]) {
        await fetch(`${url}${path}`, {
          method,
          headers: {
            'content-type':
              method === 'POST'
                ? 'application/json'
                : 'application/merge-patch+json',
          },
          body: '{"metadata":{"name":"web-x"}}',
        });
      }
      upstream.answer = answer;
      expect(answers).toEqual([exists, exists]);
      expect(upstream.requests.map(one => `${one.method} ${one.url}`)).toEqual([
        `GET ${MAPS}/web-x`,
        `PATCH ${MAPS}/web-x`,
        `GET ${MAPS}/web-x`,
        `POST ${MAPS}`,
      ]);
    },
  );

  it.each([301, 302, 307, 308])(
    'H2 does not follow a redirect (%d), and reports it',
    async status => {
      upstream.answer = (_, response) =>
        response.writeHead(status, { location: elsewhereUrl() }).end();
      const { url, record } = await open();
      const answer = await fetch(`${url}${MAPS}`, { redirect: 'manual' });
      expect(answer.status).toBe(502);
      expect(answer.headers.get('location')).toBeNull();
      expect(record.blocked).toEqual([expect.stringContaining('redirect')]);
      expect(hits).toBe(0);
    },
  );

  it('H2 helm takes no token to another host', async () => {
    upstream.answer = (request, response) =>
      response
        .writeHead(307, { location: `${elsewhereUrl()}${request.url}` })
        .end();
    const runner = await HelmRunner.create({
      binary: (await currentHelm())!,
      concurrency: 1,
      deny: [],
      gateway: clients,
      sandbox: 'required',
    });
    const result = await runner.run({
      mode: 'apply',
      cluster: target(),
      person: PERSON,
      token: aToken,
      command: { kind: 'uninstall', namespace: 'shop', release: 'web' },
      timeoutMs: 20_000,
      signal: new AbortController().signal,
    });
    await runner.close();
    expect(upstream.requests.length).toBeGreaterThan(0);
    expect(result).toMatchObject({ ended: 'exited', exitCode: 1 });
    expect(hits).toBe(0);
  });

  it('H3 answers 404 for wrong paths, other hosts and ended runs', async () => {
    const { url } = await open();
    const { host, pathname } = new URL(url);
    const get = (path: string, name = host) =>
      send(url, [`GET ${path} HTTP/1.1`, `Host: ${name}`]);
    upstream.answer = json(200, {});
    expect(await get(`${pathname}/version`)).toMatch(/^HTTP\/1.1 200/);
    for (const path of [
      ...['/', '/version', `${pathname}`, `${pathname.slice(0, -1)}/version`],
      ...[`/x${pathname}/version`, `/${'0'.repeat(64)}/version`],
      ...[pathname.toUpperCase(), `//${pathname}/version`],
    ]) {
      expect(await get(path)).toMatch(/^HTTP\/1.1 404/);
    }
    for (const name of [
      'localhost',
      'evil.example.com',
      `x.${host}`,
      '127.0.0.1',
    ]) {
      expect(await get(`${pathname}/version`, name)).toMatch(/^HTTP\/1.1 404/);
    }
    opened[0].close();
    expect(await get(`${pathname}/version`)).toMatch(/^HTTP\/1.1 404/);
    expect(upstream.requests).toHaveLength(1);
  });

  it('H3 each address leads to the cluster of its own run', async () => {
    const own = await open({
      mint: async () => ({ ...(await aToken()), token: 'a' }),
    });
    const other = await open({
      mint: async () => ({ ...(await aToken()), token: 'b' }),
    });
    upstream.answer = json(200, {});
    await fetch(`${own.url}/version`);
    await fetch(`${other.url}/version`);
    expect(
      upstream.requests.map(
        ({ headers }) => Object.fromEntries(headers).authorization,
      ),
    ).toEqual(['Bearer a', 'Bearer b']);
  });

  it('H3 ends open requests with the run', async () => {
    upstream.answer = (_, response) => {
      response.setHeader('content-type', 'application/json');
      response.flushHeaders();
    };
    const { url } = await open();
    const answer = await fetch(`${url}${MAPS}?watch=true`);
    opened[0].close();
    await expect(answer.text()).rejects.toThrow();
    await until(async () => upstream.open === 0);
  });

  it.each([
    [
      'an address that is not allowed',
      () => ({ gateway: newClients('10.0.0.0/8') }),
    ],
    [
      'another authority',
      async () => ({ cluster: target((await TestAuthority.create('x')).pem) }),
    ],
  ])('H3 sends no token to %s', async (_, use) => {
    upstream.answer = json(200, {});
    const { url } = await open(await use());
    expect((await fetch(`${url}/version`)).status).toBe(502);
    expect(upstream.requests).toEqual([]);
  });

  it('H4 sends no write of a preview to the cluster', async () => {
    upstream.answer = json(201, {});
    const { url, record } = await open({ mode: 'preview' });
    for (const [method, path] of [
      ['POST', MAPS],
      ['PUT', `${MAPS}/a`],
      ['PATCH', `${MAPS}/a`],
      ['DELETE', `${MAPS}/a?dryRun=All`],
      ['POST', `${MAPS}?dryRun=All&dryRun=`],
      ['POST', `${MAPS}/../configmaps`],
    ]) {
      const type =
        method === 'PATCH'
          ? 'application/merge-patch+json'
          : 'application/json';
      const { status } = await fetch(`${url}${path}`, {
        method,
        body: '{}',
        headers: { 'content-type': type },
      });
      expect([400, 403]).toContain(status);
    }
    expect(upstream.requests).toEqual([]);
    expect(record.blocked).toHaveLength(6);
    const dry = await fetch(`${url}${MAPS}?dryRun=All`, {
      method: 'POST',
      body: '{}',
      headers: { 'content-type': 'application/json' },
    });
    expect(dry.status).toBe(201);
    expect(record.writes).toEqual([]);
  });

  it('H8 is a proxy that refuses, and notes for which run', async () => {
    const { proxyUrl, record } = await open();
    const other = await open();
    const { username, password } = new URL(proxyUrl);
    const credential = `Proxy-Authorization: Basic ${btoa(
      `${username}:${password}`,
    )}`;
    const target404 = elsewhereUrl();
    for (const line of [
      'CONNECT charts.example.com:443 HTTP/1.1',
      `GET ${target404}/chart.tgz?token=planted HTTP/1.1`,
      `GET http://user:planted@charts.example.com/ HTTP/1.1`,
      'CONNECT charts.example.com:443 HTTP/1.1',
    ]) {
      expect(
        await send(proxyUrl, [line, 'Host: charts.example.com', credential]),
      ).toMatch(/^HTTP\/1.1 403/);
    }
    await send(proxyUrl, ['CONNECT a:1 HTTP/1.1', 'Host: a']);
    expect(record.fetched).toEqual([
      'charts.example.com:443',
      `${target404}/chart.tgz`,
      'http://charts.example.com/',
    ]);
    expect(other.record.fetched).toEqual([]);
    expect(hits).toBe(0);
  });

  it('asks for a new token when half of it is used, and for none after a rejection', async () => {
    upstream.answer = json(200, {});
    let minted = 0;
    const { url, lost } = await open({
      mint: async () => {
        if (++minted > 2) {
          throw new Error('no grant');
        }
        return { token: `t${minted}`, expiresAt: new Date(Date.now() + 2_000) };
      },
    });
    await Promise.all([fetch(`${url}/version`), fetch(`${url}/version`)]);
    expect(minted).toBe(1);
    await until(async () => lost.length > 0);
    expect(minted).toBe(3);
    const answer = await fetch(`${url}/version`);
    expect(answer.status).toBe(403);
    expect(await answer.text()).not.toContain('no grant');
    expect(upstream.requests).toHaveLength(2);
  });

  it('reports writes, also those without an answer, and refusals', async () => {
    const { url, record } = await open();
    const post = () =>
      fetch(`${url}${MAPS}`, {
        method: 'POST',
        body: JSON.stringify({ metadata: { name: 'a' } }),
        headers: { 'content-type': 'application/json' },
      });
    upstream.answer = json(403, { message: 'configmaps is forbidden' });
    const answer = await post();
    expect(await answer.json()).toEqual({ message: 'configmaps is forbidden' });
    upstream.raw = socket => socket.destroy();
    await post();
    upstream.raw = undefined;
    const map = {
      group: '',
      resource: 'configmaps',
      namespace: 'shop',
      name: 'a',
    };
    expect(record.writes).toEqual([
      { ...map, verb: 'create', status: 403, auditId: expect.any(String) },
      { ...map, verb: 'create', status: 502, auditId: expect.any(String) },
    ]);
    expect(record.refused).toMatchObject([
      {
        ...map,
        verb: 'create',
        status: 403,
        message: 'configmaps is forbidden',
      },
    ]);
  });

  it('keeps kinds, but no refusal, and gives them only to who has a token', async () => {
    const discovery = new DiscoveryCache();
    const { url } = await open({ discovery });
    upstream.answer = json(403, { message: 'forbidden' });
    expect((await fetch(`${url}/apis`)).status).toBe(403);
    upstream.answer = json(200, { kind: 'APIGroupList' });
    await (await fetch(`${url}/apis`)).json();
    upstream.answer = json(500, {});
    const kept = await fetch(`${(await open({ discovery })).url}/apis`);
    expect(await kept.json()).toEqual({ kind: 'APIGroupList' });
    const lost = await open({
      discovery,
      mint: async () => {
        throw new Error('no grant');
      },
    });
    expect((await fetch(`${lost.url}/apis`)).status).toBe(403);
    expect(upstream.requests).toHaveLength(2);
  });

  it('passes on no resource that the configuration takes away', async () => {
    const { url } = await open({ deny: ['secrets'] });
    const { status } = await fetch(`${url}/api/v1/namespaces/shop/secrets`);
    expect(status).toBe(403);
    expect(upstream.requests).toEqual([]);
  });
});

function json(status: number, body: object) {
  return (_: unknown, response: import('node:http').ServerResponse) => {
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(body));
  };
}
