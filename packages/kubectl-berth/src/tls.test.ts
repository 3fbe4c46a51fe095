import { writeFileSync } from 'node:fs';
import { createServer, Server } from 'node:http';
import { AddressInfo, connect } from 'node:net';
import { join } from 'node:path';
import { Computer } from './__testUtils__/Computer';
import { FakePortal, ulid } from './__testUtils__/FakePortal';
import { selfSigned } from './__testUtils__/selfSigned';

jest.setTimeout(60_000);

let portal: FakePortal;
let certificate: string;
const computer = new Computer();

beforeAll(async () => {
  computer.build();
  const { cert, key } = await selfSigned('Corp Root');
  certificate = cert;
  portal = await FakePortal.start({ cert, key });
});

beforeEach(() => {
  computer.reset();
  computer.signIn(portal);
});

afterAll(async () => {
  await portal.stop();
  computer.remove();
});

function credential(env: NodeJS.ProcessEnv, address = portal.address) {
  return computer.run(
    [
      'credential',
      `--portal=${address}`,
      '--cluster=prod01',
      `--cluster-id=${ulid()}`,
    ],
    env,
  );
}

it.each([{}, { NODE_TLS_REJECT_UNAUTHORIZED: '0' }])(
  'S54: refuses a certificate of an unknown CA, with %p',
  async env => {
    const calls = portal.calls.length;
    expect(await credential(env)).toEqual({
      code: 1,
      stdout: '',
      stderr: `127.0.0.1:${portal.port}'s certificate is signed by a CA that this computer does not trust (CN=Corp Root). Put its PEM into a file, and the path of the file into KUBECTL_BERTH_CA_FILE.\n`,
    });
    expect(portal.calls).toHaveLength(calls);
  },
);

it('trusts the CA that the kubeconfig or the person names', async () => {
  const file = join(computer.home, 'ca.pem');
  writeFileSync(file, certificate);
  for (const env of [
    { KUBECTL_BERTH_CA_FILE: file },
    { KUBECTL_BERTH_CA_DATA: Buffer.from(certificate).toString('base64') },
    { NODE_EXTRA_CA_CERTS: file },
  ]) {
    expect(await credential(env)).toMatchObject({ code: 0, stderr: '' });
  }
});

it('reports a file of CAs that is missing', async () => {
  expect(await credential({ KUBECTL_BERTH_CA_FILE: '/missing.pem' })).toEqual({
    code: 1,
    stdout: '',
    stderr:
      'KUBECTL_BERTH_CA_FILE names /missing.pem, which cannot be read (ENOENT).\n',
  });
});

describe('with a proxy', () => {
  let proxy: Server;
  const asked: Array<string | undefined> = [];

  beforeAll(async () => {
    proxy = createServer().on('connect', (request, client) => {
      asked.push(request.url, request.headers['proxy-authorization']);
      const upstream = connect(portal.port, '127.0.0.1', () => {
        client.write('HTTP/1.1 200 OK\r\n\r\n');
        client.pipe(upstream).pipe(client);
      });
      // A program that does not trust the portal resets its connection.
      client.on('error', () => upstream.destroy());
      upstream.on('error', () => client.destroy());
    });
    await new Promise<void>(resolve => {
      proxy.listen(0, '127.0.0.1', resolve);
    });
  });

  afterAll(() => {
    proxy.close();
  });

  it('connects through it, and verifies the portal', async () => {
    const address = 'https://portal.example.com';
    const device = computer.signIn(portal, address);
    expect(device.portal).toBe(address);
    const { port } = proxy.address() as AddressInfo;
    const env = { HTTPS_PROXY: `http://ada:pass%20word@127.0.0.1:${port}` };
    expect(await credential(env, address)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('does not trust (CN=Corp Root)'),
    });
    const trusting = {
      ...env,
      KUBECTL_BERTH_CA_DATA: Buffer.from(certificate).toString('base64'),
    };
    expect(await credential(trusting, address)).toMatchObject({ code: 0 });
    expect(asked.slice(0, 2)).toEqual([
      'portal.example.com:443',
      `Basic ${Buffer.from('ada:pass word').toString('base64')}`,
    ]);
    expect(
      await credential({ ...trusting, NO_PROXY: '.example.com' }, address),
    ).toMatchObject({ code: 1 });
  });
});
