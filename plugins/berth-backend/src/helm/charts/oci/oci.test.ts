import { AddressPolicy } from '@berth/plugin-berth-node';
import { currentHelm } from '@berth/kube-binaries';
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { TestAuthority } from '../../../kube/__testUtils__/certificates';
import { sendJson, TestServer } from '../../../kube/__testUtils__/TestServer';
import { anArchive, chartEntries } from '../__testUtils__/anArchive';
import { FakeRegistry } from '../__testUtils__/FakeRegistry';
import { digestOf } from '../ArchiveCache';
import { RepositoryClient } from '../RepositoryClient';
import { IndexedChart, RepositorySettings } from '../types';
import { parseChallenges } from './challenges';
import { OciSource } from './OciSource';

jest.setTimeout(60_000);

const PASSWORD = 'planted-password';
const TOKEN = 'planted-token-of-the-registry';
const PAIR = `Basic ${Buffer.from(`reader:${PASSWORD}`).toString('base64')}`;
const credential = { username: 'reader', password: PASSWORD };

describe('OciSource', () => {
  let authority: TestAuthority;
  let server: TestServer;
  let other: TestServer;
  let archive: Buffer;
  let registry: FakeRegistry;

  const source = new OciSource(
    new RepositoryClient({
      policy: AddressPolicy.create({ allow: ['127.0.0.1/32'] }),
    }),
  );
  const repository = (
    changes: Partial<RepositorySettings> = {},
  ): RepositorySettings => ({
    name: 'shop',
    url: `oci://127.0.0.1:${server.port}/charts/`,
    caPem: authority.pem,
    charts: ['web'],
    ...changes,
  });
  const read = async (settings = repository()) => {
    const index = await source.read(settings, {});
    const charts: IndexedChart[] = [];
    for await (const part of index.charts!) {
      charts.push(...part);
    }
    return charts;
  };
  const push = (tag: string, config: object = {}) =>
    registry.push('charts/web', tag, { config, archive });
  const authorizationsAt = (one: TestServer) => [
    ...new Set(one.requests.map(({ authorization }) => authorization)),
  ];
  /** Lets the registry ask for a token of a realm. */
  const askForToken = (realm: string) => {
    registry.authorization = `Bearer ${TOKEN}`;
    registry.challenge = `Bearer realm="${realm}",service="registry, \\"one\\"",scope="repository:everything:push"`;
  };

  beforeAll(async () => {
    authority = await TestAuthority.create('registry');
    const certificate = await authority.issue({ ips: ['127.0.0.1'] });
    [server, other] = await Promise.all([
      TestServer.start(certificate),
      TestServer.start(certificate),
    ]);
    archive = await anArchive(chartEntries());
  });

  beforeEach(() => {
    registry = new FakeRegistry();
    server.answer = registry.serve;
    for (const one of [server, other]) {
      one.requests.length = 0;
    }
    other.answer = (_, response) => sendJson(response, { token: TOKEN });
  });

  afterAll(() => Promise.all([server.stop(), other.stop()]));

  it('reads tags as versions, and the details of the latest ones', async () => {
    registry.pageSize = 5;
    for (let patch = 0; patch < 14; patch++) {
      push(`1.0.${patch}`, { appVersion: `${patch}` });
    }
    push('2.0.0-rc.1_build.5', {
      description: 'Serves pages',
      keywords: ['http'],
      home: 7,
    });
    push('latest');
    push('sha256-0a.sig');
    const [web, ...more] = await read();
    expect(more).toEqual([]);
    expect(web).toMatchObject({ name: 'web', sources: [], keywords: [] });
    expect(web.latest).toMatchObject({
      version: '1.0.13',
      appVersion: '13',
      digest: digestOf(archive),
    });
    expect(web.versions.map(({ version }) => version)).toEqual([
      '2.0.0-rc.1+build.5',
      ...Array.from({ length: 14 }, (_, index) => `1.0.${13 - index}`),
    ]);
    expect(web.versions[0].url).toBe('2.0.0-rc.1_build.5');
    expect(web.versions.filter(({ digest }) => digest)).toHaveLength(10);
    const lists = server.requests.filter(({ url }) => /tags/.test(url));
    expect(lists).toHaveLength(4);
  });

  it('asks for the tags only, if they are the known ones', async () => {
    push('1.0.0');
    const { etag } = await source.read(repository(), {});
    server.requests.length = 0;
    expect(await source.read(repository(), { etag })).toEqual({});
    expect(server.requests).toHaveLength(1);
    push('1.1.0');
    const { charts } = await source.read(repository(), { etag });
    expect(charts).toBeDefined();
  });

  it('reads the other charts where the registry does not have one, and names it', async () => {
    push('1.0.0');
    const settings = repository({ charts: ['none', 'web', 'nothing'] });
    const { charts, etag, problem } = await source.read(settings, {});
    const found: IndexedChart[] = [];
    for await (const part of charts!) {
      found.push(...part);
    }
    expect(found.map(({ name }) => name)).toEqual(['web']);
    expect(problem).toMatch(/^The chart none: .*\. The chart nothing: /);
    expect(await source.read(settings, { etag })).toEqual({ problem });
    server.answer = (request, response) => {
      if (request.url!.includes('/none/')) {
        response.writeHead(503).end();
      } else {
        registry.serve(request, response);
      }
    };
    await expect(source.read(settings, {})).rejects.toThrow(
      'The chart none: 127.0.0.1',
    );
  });

  it('ignores tags that are no charts, and names the chart that fails', async () => {
    push('1.0.0');
    registry.push('charts/web', '3.0.0', {
      config: {},
      archive,
      configType: 'application/vnd.oci.image.config.v1+json',
    });
    registry.pushManifest('charts/web', '4.0.0', { manifests: [] });
    const [web] = await read();
    expect(web.versions.map(({ version }) => version)).toEqual(['1.0.0']);
    await expect(
      source.digestOf(repository(), 'web', { url: '3.0.0' }),
    ).rejects.toThrow('not a Helm chart');
    await expect(read(repository({ charts: ['none'] }))).rejects.toThrow(
      'The chart none: 127.0.0.1',
    );
  });

  it('fetches an archive by its digest, or by the tag', async () => {
    push('1.0.0');
    const digest = digestOf(archive);
    const place = { url: '1.0.0' };
    expect(await source.digestOf(repository(), 'web', place)).toBe(digest);
    for (const known of [place, { ...place, digest }]) {
      expect(await source.archive(repository(), 'web', known)).toEqual(archive);
    }
  });

  it('H11 refuses content with another digest, or with too many bytes', async () => {
    push('1.0.0');
    registry.tamper = blob => Buffer.concat([blob, Buffer.from(' ')]);
    await expect(read()).rejects.toThrow('the portal does not use it');
    const place = { url: '1.0.0' };
    await expect(source.archive(repository(), 'web', place)).rejects.toThrow(
      'the portal does not use it',
    );
    registry.tamper = () => Buffer.alloc(11 * 1024 * 1024);
    await expect(source.archive(repository(), 'web', place)).rejects.toThrow(
      'sends more than',
    );
  });

  it('H11 asks the realm for a token of this chart only, and sends the credential to the realm only', async () => {
    push('1.0.0');
    askForToken(`${other.url}/token`);
    await read(repository({ credential }));
    expect(authorizationsAt(other)).toEqual([PAIR]);
    expect(authorizationsAt(server)).toEqual([undefined, `Bearer ${TOKEN}`]);
    expect(new URL(other.requests[0].url, other.url).searchParams).toEqual(
      new URLSearchParams({
        service: 'registry, "one"',
        scope: 'repository:charts/web:pull',
      }),
    );
  });

  it('H11 asks a realm without a credential, if the repository has none', async () => {
    push('1.0.0');
    askForToken(`${other.url}/token`);
    await read();
    expect(authorizationsAt(other)).toEqual([undefined]);
  });

  it.each([
    ['http://127.0.0.1/token', 'over https only'],
    ['https://169.254.169.254/token', 'the portal does not connect there'],
    ['https://127.0.0.2/token', 'the portal does not connect there'],
    ['token', 'does not say where'],
  ])('H11 asks no token from %s', async (realm, words) => {
    push('1.0.0');
    askForToken(realm);
    const error = await read(repository({ credential })).catch(one => one);
    expect(error.message).toContain(words);
    expect(error.message).not.toContain(PASSWORD);
    expect(authorizationsAt(server)).toEqual([undefined]);
  });

  it('H11 does not send the credential where a realm redirects', async () => {
    push('1.0.0');
    const third = await TestServer.start(
      await authority.issue({ ips: ['127.0.0.1'] }),
    );
    try {
      third.answer = (_, response) => sendJson(response, { token: TOKEN });
      other.answer = (_, response) =>
        response.writeHead(302, { location: `${third.url}/token` }).end();
      askForToken(`${other.url}/token`);
      await read(repository({ credential }));
      expect(authorizationsAt(third)).toEqual([undefined]);
    } finally {
      await third.stop();
    }
  });

  it.each([
    ['a user name and a password', credential, PAIR],
    ['a token', { token: TOKEN }, `Bearer ${TOKEN}`],
  ])(
    'H11 sends %s to a registry that asks for it, and not to the host of blobs',
    async (_, proof, value) => {
      push('1.0.0');
      registry.authorization = value;
      registry.challenge = value.startsWith('Basic')
        ? 'Basic realm="registry"'
        : `Bearer realm="${other.url}/token"`;
      registry.blobsAt = `${other.url}/cdn`;
      other.answer = ({ url }, response) =>
        registry.sendBlob(response, url!.split('/').pop()!);
      await read(repository({ credential: proof }));
      expect(authorizationsAt(server)).toEqual([undefined, value]);
      expect(other.requests.length).toBeGreaterThan(0);
      expect(authorizationsAt(other)).toEqual([undefined]);
    },
  );

  it('H11 takes no challenge from another host', async () => {
    push('1.0.0');
    registry.blobsAt = `${other.url}/cdn`;
    other.answer = (_, response) =>
      response
        .writeHead(401, { 'www-authenticate': 'Basic realm="cdn"' })
        .end();
    await expect(read(repository({ credential }))).rejects.toThrow('(401)');
    expect(authorizationsAt(other)).toEqual([undefined]);
    expect(authorizationsAt(server)).toEqual([undefined]);
  });

  it('H11 tries a refused credential once', async () => {
    push('1.0.0');
    registry.authorization = 'Basic other';
    registry.challenge = 'Basic realm="registry"';
    const error = await read(repository({ credential })).catch(one => one);
    expect(error.message).toContain('does not accept the credential');
    expect(error.message).not.toContain(PASSWORD);
    expect(server.requests).toHaveLength(2);
  });

  it('H11 reads no page of tags from another host, and not pages without end', async () => {
    server.answer = (_, response) =>
      sendJson(response, { tags: [] }, 200, {
        link: `<${other.url}/v2/charts/web/tags/list>; rel="next"`,
      });
    await expect(read()).rejects.toThrow('on another host');
    expect(other.requests).toEqual([]);
    server.answer = (_, response) =>
      sendJson(response, { tags: [] }, 200, {
        link: '</v2/charts/web/tags/list?last=x>; rel="next"',
      });
    await expect(read()).rejects.toThrow('more than 50 pages');
    server.answer = (_, response) =>
      sendJson(response, { tags: Array(200_000).fill('1') });
    await expect(read()).rejects.toThrow('more than 20000 tags');
  });

  it('reads a layout that helm pulls, too', async () => {
    const plain = createServer(registry.serve);
    await new Promise<void>(resolve => {
      plain.listen(0, '127.0.0.1', resolve);
    });
    const folder = await mkdtemp(join(tmpdir(), 'pulled-'));
    try {
      const { port } = plain.address() as AddressInfo;
      const config = { apiVersion: 'v2', name: 'web', version: '1.2.3+4' };
      push('1.2.3_4', config);
      await promisify(execFile)(
        (await currentHelm())!,
        [
          ...['pull', `oci://127.0.0.1:${port}/charts/web`],
          ...['--version', '1.2.3+4', '--plain-http', '-d', folder],
        ],
        { env: { HOME: folder } },
      );
      const pulled = await readFile(join(folder, 'web-1.2.3+4.tgz'));
      const local = new OciSource(
        new RepositoryClient({
          policy: AddressPolicy.create({ allow: ['127.0.0.1/32'] }),
          httpOnLoopback: true,
        }),
      );
      const settings = repository({ url: `oci://127.0.0.1:${port}/charts/` });
      expect(await local.archive(settings, 'web', { url: '1.2.3_4' })).toEqual(
        pulled,
      );
    } finally {
      plain.close();
      await rm(folder, { recursive: true });
    }
  });
});

describe('parseChallenges', () => {
  const parsed = (header: string) =>
    parseChallenges(header).map(({ scheme, parameters }) => [
      scheme,
      Object.fromEntries(parameters),
    ]);

  it.each<[string, unknown[]]>([
    ['', []],
    ['realm="x"', []],
    ['Negotiate', [['negotiate', {}]]],
    [
      'Basic realm="a, Bearer b", Bearer Realm="https://x/?a=b",service=y',
      [
        ['basic', { realm: 'a, Bearer b' }],
        ['bearer', { realm: 'https://x/?a=b', service: 'y' }],
      ],
    ],
  ])('reads %j', (header, challenges) => {
    expect(parsed(header)).toEqual(challenges);
  });

  it('reads a long header in time', () => {
    expect(parsed(`Bearer realm="${'\\'.repeat(32_000)}`).length).toBeLessThan(
      3,
    );
  });
});
