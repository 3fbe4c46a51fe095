import { AddressPolicy } from '@berth/plugin-berth-node';
import { createServer } from 'node:http';
import { AddressInfo, LookupFunction } from 'node:net';
import { rootCertificates } from 'node:tls';
import { DefaultKubeClientFactory } from './DefaultKubeClientFactory';
import { sendJson, TestServer } from './__testUtils__/TestServer';
import { TestAuthority } from './__testUtils__/certificates';

const TOKEN = 'eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.signature';

/** Every connection is a new handshake with a real server. The tests check whether the token was sent. */
describe('the servers that the client trusts', () => {
  let authority: TestAuthority;
  let other: TestAuthority;
  const cleanups: (() => Promise<unknown>)[] = [];

  beforeAll(async () => {
    authority = await TestAuthority.create('acme-ca');
    other = await TestAuthority.create('other-ca');
  });

  afterEach(async () => {
    delete process.env.NODE_TLS_REJECT_UNAUTHORIZED;
    for (const cleanup of cleanups.splice(0).reverse()) {
      await cleanup();
    }
  });

  async function start(
    certificate: Parameters<TestAuthority['issue']>[0] = {},
    options = {},
  ) {
    const server = await TestServer.start(
      await authority.issue(certificate),
      options,
    );
    server.answer = (_request, response) =>
      sendJson(response, { gitVersion: 'v1.33.1' });
    cleanups.push(() => server.stop());
    return server;
  }

  function connect(
    apiServer: string,
    options: { caPem?: string; allow?: string[]; lookup?: LookupFunction } = {},
  ) {
    const factory = DefaultKubeClientFactory.create({
      policy: AddressPolicy.create({
        allow: options.allow ?? ['127.0.0.0/8', '::1/128'],
      }),
      fieldManager: 'test',
      lookup: options.lookup,
    });
    cleanups.push(() => factory.close());
    return factory.create(
      { apiServer, caPem: options.caPem ?? authority.pem },
      async () => TOKEN,
    );
  }

  const resolvesTo =
    (...addresses: string[]): LookupFunction =>
    (_hostname, _options, callback) =>
      callback(
        null,
        addresses.map(address => ({
          address,
          family: address.includes(':') ? 6 : 4,
        })),
      );

  it('connects to a server with a certificate of the given CA', async () => {
    const server = await start();
    await expect(connect(server.url).version()).resolves.toEqual({
      gitVersion: 'v1.33.1',
    });
    expect(server.requests).toEqual([
      { method: 'GET', url: '/version', authorization: `Bearer ${TOKEN}` },
    ]);
  });

  it('keeps the path of the address', async () => {
    const server = await start();
    await connect(`${server.url}/k8s/clusters/c-1`).version();
    expect(server.requests[0].url).toBe('/k8s/clusters/c-1/version');
  });

  it.each([
    ['signed by another CA', {}, 'certificate signed by another CA', 'other'],
    ['expired', { days: -2 }, /certificate expired on \d{4}-\d\d-\d\dT/, 'own'],
    [
      'for another host',
      { dnsNames: ['api.example.com'], ips: [] },
      'certificate is for other hosts: api.example.com',
      'own',
    ],
  ])(
    'S24 sends no token to a server whose certificate is %s',
    async (_what, certificate, words, ca) => {
      const server = await start(certificate);
      process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0';
      const client = connect(server.url, {
        caPem: ca === 'own' ? authority.pem : other.pem,
      });
      const call = client.version();
      await expect(call).rejects.toMatchObject({
        failure: 'TLS',
        message: expect.stringMatching(words),
      });
      await expect(call).rejects.toThrow(`127.0.0.1:${server.port}`);
      expect(server.requests).toEqual([]);
    },
  );

  it('S24 names the issuer of a foreign certificate', async () => {
    const server = await start();
    await expect(
      connect(server.url, { caPem: other.pem }).version(),
    ).rejects.toThrow('its issuer is acme-ca');
  });

  it('S24 does not trust the public CAs in addition to the given one', async () => {
    const server = await start();
    await expect(
      connect(server.url, { caPem: rootCertificates[0] }).version(),
    ).rejects.toMatchObject({ failure: 'TLS' });
  });

  it.each([
    '',
    'garbage',
    '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----',
  ])('S24 trusts no server when the CA bundle is %j', async caPem => {
    const server = await start();
    await expect(
      connect(server.url, { caPem }).version(),
    ).rejects.toMatchObject({
      failure: 'TLS',
      message: expect.stringContaining('CA bundle cannot be read'),
    });
  });

  it('S24 speaks no TLS older than 1.2', async () => {
    const server = await start(
      {},
      {
        minVersion: 'TLSv1',
        maxVersion: 'TLSv1.1',
        ciphers: 'DEFAULT@SECLEVEL=0',
      },
    );
    await expect(connect(server.url).version()).rejects.toMatchObject({
      failure: 'TLS',
      message: expect.stringContaining('no TLS version of 1.2 or later'),
    });
  });

  it('reports that a server does not speak TLS', async () => {
    const plain = createServer();
    await new Promise<void>(resolve => {
      plain.listen(0, '127.0.0.1', resolve);
    });
    cleanups.push(
      () =>
        new Promise(resolve => {
          plain.close(resolve);
        }),
    );
    await expect(
      connect(
        `https://127.0.0.1:${(plain.address() as AddressInfo).port}`,
      ).version(),
    ).rejects.toMatchObject({
      failure: 'TLS',
      message: expect.stringContaining('does not speak TLS'),
    });
  });

  it('reports that nothing listens and that a name does not resolve', async () => {
    const server = await TestServer.start(await authority.issue());
    const { url } = server;
    await server.stop();
    await expect(connect(url).version()).rejects.toMatchObject({
      failure: 'TCP',
    });
    await expect(
      connect('https://nowhere.invalid').version(),
    ).rejects.toMatchObject({ failure: 'DNS' });
  });

  describe('where it connects to', () => {
    it('S22 does not connect to a refused address literal', async () => {
      const server = await start();
      for (const host of ['127.0.0.1', '[::ffff:127.0.0.1]', '[::1]']) {
        await expect(
          connect(`https://${host}:${server.port}`, { allow: [] }).version(),
        ).rejects.toMatchObject({ failure: 'TCP', reason: 'AddressRefused' });
      }
      expect(server.requests).toEqual([]);
    });

    it('S23 does not connect to a name that resolves to a refused address', async () => {
      const server = await start({ dnsNames: ['api.example.com'] });
      for (const address of ['127.0.0.1', '169.254.169.254', '::1']) {
        await expect(
          connect(`https://api.example.com:${server.port}`, {
            allow: [],
            lookup: resolvesTo(address),
          }).version(),
        ).rejects.toMatchObject({
          failure: 'TCP',
          reason: 'AddressRefused',
          message: expect.stringContaining(`resolves to ${address}`),
        });
      }
      expect(server.requests).toEqual([]);
    });

    it('S23 checks a name at every connect, so that rebinding has no effect', async () => {
      const server = await start({ dnsNames: ['api.example.com'] });
      let answer = '127.0.0.1';
      const client = connect(`https://api.example.com:${server.port}`, {
        allow: ['127.0.0.1/32'],
        lookup: (hostname, options, callback) =>
          resolvesTo(answer)(hostname, options, callback),
      });
      server.answer = (_request, response) =>
        sendJson(response, { gitVersion: 'v1.33.1' }, 200, {
          connection: 'close',
        });
      await client.version();
      answer = '127.0.0.2';
      await expect(client.version()).rejects.toMatchObject({
        reason: 'AddressRefused',
      });
      expect(server.requests).toHaveLength(1);
    });

    it('S23 uses only the allowed addresses of several', async () => {
      const server = await start({ dnsNames: ['api.example.com'] });
      const client = connect(`https://api.example.com:${server.port}`, {
        allow: ['127.0.0.1/32'],
        lookup: resolvesTo('127.0.0.2', '::1', '127.0.0.1'),
      });
      await expect(client.version()).resolves.toBeDefined();
    });

    it.each([301, 302, 303, 307, 308])(
      'S23 does not follow a %d, so the token goes to no other host',
      async status => {
        const server = await start();
        const elsewhere = await start();
        server.answer = (_request, response) => {
          response.writeHead(status, { location: `${elsewhere.url}/version` });
          response.end();
        };
        await expect(connect(server.url).version()).rejects.toMatchObject({
          failure: 'Protocol',
          status,
        });
        expect(elsewhere.requests).toEqual([]);
      },
    );

    it('S23 shares no connection between two CAs for one address', async () => {
      const server = await start();
      const factory = DefaultKubeClientFactory.create({
        policy: AddressPolicy.create({ allow: ['127.0.0.0/8'] }),
        fieldManager: 'test',
      });
      cleanups.push(() => factory.close());
      const token = async () => TOKEN;
      await factory
        .create({ apiServer: server.url, caPem: authority.pem }, token)
        .version();
      await expect(
        factory
          .create({ apiServer: server.url, caPem: other.pem }, token)
          .version(),
      ).rejects.toMatchObject({ failure: 'TLS' });
    });
  });
});
