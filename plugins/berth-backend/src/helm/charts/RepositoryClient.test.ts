import { ChartRepositoryCredential } from '@berth/plugin-berth-common';
import { AddressPolicy } from '@berth/plugin-berth-node';
import { createServer } from 'node:http';
import { AddressInfo, LookupFunction } from 'node:net';
import { TestAuthority } from '../../kube/__testUtils__/certificates';
import { TestServer } from '../../kube/__testUtils__/TestServer';
import { RepositoryClient } from './RepositoryClient';
import { RepositorySettings } from './types';

const BOUNDS = { maxBytes: 1_000, timeoutMs: 2_000 };
const TOKEN = 'planted-token-of-the-repository';

describe('RepositoryClient', () => {
  let authority: TestAuthority;
  let server: TestServer;
  let other: TestServer;
  /** What names resolve to. */
  let addresses: string[];

  const lookup = ((_name, _options, callback) =>
    callback(
      null,
      addresses.map(address => ({ address, family: 4 })),
    )) as LookupFunction;
  const client = (
    options: Partial<ConstructorParameters<typeof RepositoryClient>[0]> = {},
  ) =>
    new RepositoryClient({
      policy: AddressPolicy.create({ allow: ['127.0.0.1/32'] }),
      lookup,
      ...options,
    });
  const repository = (
    credential?: ChartRepositoryCredential,
    url = `${server.url}/charts/`,
  ): RepositorySettings => ({
    name: 'shop',
    url,
    caPem: authority.pem,
    ...(credential && { credential }),
  });
  const get = (path = 'index.yaml', settings = repository(), bounds = BOUNDS) =>
    client().get(settings, new URL(path, settings.url), bounds);

  beforeAll(async () => {
    authority = await TestAuthority.create('charts');
    const certificate = await authority.issue({
      dnsNames: ['charts.example.com'],
      ips: ['127.0.0.1'],
    });
    [server, other] = await Promise.all([
      TestServer.start(certificate),
      TestServer.start(certificate),
    ]);
  });

  beforeEach(() => {
    addresses = ['127.0.0.1'];
    for (const one of [server, other]) {
      one.requests.length = 0;
      one.answer = (_, response) => response.end('index');
    }
  });

  afterAll(() => Promise.all([server.stop(), other.stop()]));

  const redirect = (from: TestServer, to: string) => {
    from.answer = ({ url }, response) => {
      response.writeHead(url === '/end' ? 200 : 302, { location: to });
      response.end('moved');
    };
  };

  it('returns the bytes and what makes the next request conditional', async () => {
    server.answer = (request, response) => {
      const isKnown =
        request.headers['if-none-match'] === '"1"' &&
        request.headers['if-modified-since'] === 'yesterday';
      response.writeHead(isKnown ? 304 : 200, {
        etag: '"1"',
        'last-modified': 'yesterday',
      });
      response.end(isKnown ? '' : 'index');
    };
    const { bytes, ...conditions } = await get();
    expect(`${bytes}`).toBe('index');
    const settings = repository();
    const url = new URL('index.yaml', settings.url);
    expect(await client().get(settings, url, BOUNDS, conditions)).toEqual({});
  });

  it('refuses the answer that nothing changed to a request without conditions', async () => {
    server.answer = (_, response) => response.writeHead(304).end();
    await expect(get()).rejects.toThrow('has nothing of it yet');
  });

  it.each<[string, ChartRepositoryCredential, string]>([
    ['a token', { token: TOKEN }, `Bearer ${TOKEN}`],
    [
      'a name and a password',
      { username: 'reader', password: TOKEN },
      `Basic ${Buffer.from(`reader:${TOKEN}`).toString('base64')}`,
    ],
  ])(
    'H11 sends %s to the origin of the repository only',
    async (_, credential, sent) => {
      redirect(server, `${other.url}/end`);
      await get('index.yaml', repository(credential));
      await get(`${other.url}/end`, repository(credential)).catch(() => {});
      expect(server.requests.map(one => one.authorization)).toEqual([sent]);
      expect(other.requests.length).toBeGreaterThan(0);
      expect(other.requests.map(one => one.authorization)).toEqual(
        other.requests.map(() => undefined),
      );
    },
  );

  it('H11 trusts no CA but the public ones and that of the repository', async () => {
    const { caPem: _, ...settings } = repository({ token: TOKEN });
    await expect(get('x', settings)).rejects.toThrow(
      'its certificate is not trusted',
    );
    const foreign = (await TestAuthority.create('foreign')).pem;
    await expect(get('x', { ...settings, caPem: foreign })).rejects.toThrow(
      'its certificate is not trusted',
    );
    expect(server.requests).toEqual([]);
  });

  it('H11 follows at most five redirects', async () => {
    redirect(server, '/again');
    await expect(get()).rejects.toThrow('redirects more than 5 times');
    expect(server.requests).toHaveLength(6);
  });

  it.each([
    ['a cloud metadata address', 'https://169.254.169.254/latest'],
    ['an address in IPv6 notation', 'https://[::ffff:169.254.169.254]/x'],
    ['the machine of the portal', 'https://127.0.0.2/x'],
  ])('H11 does not follow a redirect to %s', async (_, target) => {
    redirect(server, target);
    await expect(get()).rejects.toThrow(
      /No connection to .*the portal does not connect there/,
    );
  });

  it.each([
    'http://charts.example.com/x',
    'http://127.0.0.1/x',
    'file:///etc/passwd',
  ])('H11 does not follow a redirect to %s', async target => {
    redirect(server, target);
    await expect(get()).rejects.toThrow('over https only');
  });

  it('H11 checks the address of each connection, so that a name cannot change it', async () => {
    const settings = repository(
      { token: TOKEN },
      `https://charts.example.com:${server.port}/`,
    );
    await expect(get('index.yaml', settings)).resolves.toHaveProperty('bytes');
    addresses = ['169.254.169.254'];
    await expect(get('index.yaml', settings)).rejects.toThrow(
      'it resolves to 169.254.169.254',
    );
    addresses = ['10.0.0.1', '127.0.0.1'];
    const strict = client({ policy: AddressPolicy.create() });
    addresses = ['127.0.0.1'];
    await expect(
      strict.get(settings, new URL(settings.url), BOUNDS),
    ).rejects.toThrow('a loopback address');
  });

  it('H11 stops reading an endless body, and waits no longer than the bound', async () => {
    let ended = false;
    server.answer = (_, response) => {
      const timer = setInterval(() => response.write('x'.repeat(400)), 5);
      response.on('close', () => {
        ended = true;
        clearInterval(timer);
      });
    };
    await expect(get()).rejects.toThrow('sends more than 1000 bytes');
    server.answer = (_, response) => response.write('x');
    await expect(
      get('index.yaml', repository(), { ...BOUNDS, timeoutMs: 300 }),
    ).rejects.toThrow('did not answer within 0.3 seconds');
    expect(ended).toBe(true);
  });

  it('describes failures, without the credential', async () => {
    const settings = repository({ token: TOKEN });
    for (const [status, words] of [
      [401, 'does not accept the credential'],
      [404, 'does not have this'],
      [500, 'answers with the status 500'],
    ] as const) {
      server.answer = (_, response) => {
        response.writeHead(status).end(TOKEN);
      };
      const error = await get('x', settings).catch(caught => caught);
      expect(error.message).toContain(words);
      expect(error.message).not.toContain(TOKEN);
    }
    const gone = repository(undefined, 'https://127.0.0.1:1/');
    await expect(get('x', gone)).rejects.toThrow('nothing listens');
  });

  it('H11 reads over http only from this machine, and only where the setting allows it', async () => {
    const plain = createServer((_, response) => response.end('index'));
    await new Promise<void>(resolve => {
      plain.listen(0, '127.0.0.1', resolve);
    });
    const { port } = plain.address() as AddressInfo;
    const settings: RepositorySettings = {
      name: 'local',
      url: `http://127.0.0.1:${port}/`,
    };
    const url = new URL(settings.url);
    await expect(client().get(settings, url, BOUNDS)).rejects.toThrow(
      'over https only',
    );
    const local = client({ httpOnLoopback: true });
    await expect(local.get(settings, url, BOUNDS)).resolves.toHaveProperty(
      'bytes',
    );
    await expect(
      local.get(settings, new URL('http://charts.example.com/'), BOUNDS),
    ).rejects.toThrow('over https only');
    plain.close();
  });
});
