import { runKubectl } from '@berth/control-plane';
import { currentKubectl } from '@berth/kube-binaries';
import { createKubeconfig } from '@berth/plugin-berth-common';
import { once } from 'node:events';
import { AddressInfo, connect } from 'node:net';
import { createServer, Server } from 'node:tls';
import { CallerName } from '../contract/__testUtils__/people';
import { Portal } from '../contract/__testUtils__/startPortal';
import { TestAuthority } from '../kube/__testUtils__/certificates';
import { Laptop } from '../kubectl/__testUtils__/Laptop';
import { startTerminalPortal } from './__testUtils__/startTerminalPortal';

jest.setTimeout(60_000);

describe('kubectl exec, attach and port-forward through the portal', () => {
  const older = process.env.KUBECTL;
  let portal: Portal;
  let prodId: string;
  let tls: Server;
  let caPem: string;

  beforeAll(async () => {
    process.env.KUBECTL = await currentKubectl();
    ({ portal, prodId } = await startTerminalPortal({
      cluster: { kubectlVia: 'portal' },
    }));
    await portal.until(
      '/clusters/prod/objects/core/pods/web?namespace=shop',
      ({ object }) => object.status?.containerStatuses?.[0].state.running,
    );
    await startTls();
  });

  afterAll(async () => {
    process.env.KUBECTL = older;
    tls.close();
    await portal.stop();
  });

  /** kubectl sends its token over https only. */
  async function startTls() {
    const authority = await TestAuthority.create('ca');
    caPem = authority.pem;
    tls = createServer(await authority.issue(), socket => {
      const inner = connect(Number(new URL(portal.url).port), '127.0.0.1');
      [socket, inner].forEach(one => one.on('error', () => {}));
      socket.pipe(inner).pipe(socket);
    });
    tls.listen(0, '127.0.0.1');
    await once(tls, 'listening');
  }

  async function signIn(caller: CallerName): Promise<Laptop> {
    const laptop = await Laptop.create(`${portal.url}/api/oidc`);
    const { body } = await portal.call(
      caller,
      'POST',
      '/api/berth/kubectl/devices',
      { body: laptop.computer() },
    );
    laptop.id = body.id;
    const assertion = await laptop.sign('activate', { code: body.code });
    const { status, text } = await portal.call(
      'none',
      'POST',
      '/api/berth/kubectl/session/activate',
      { body: { assertion } },
    );
    if (status !== 200) {
      throw new Error(text);
    }
    return laptop;
  }

  /** Returns a token that kubectl gets by the sign-in of a computer. */
  async function tokenOf(laptop: Laptop): Promise<string> {
    const claims = { cluster: 'prod', clusterId: prodId };
    const assertion = await laptop.sign('credential', claims);
    const { body } = await portal.call(
      'none',
      'POST',
      '/api/berth/kubectl/session/credential',
      { body: { assertion } },
    );
    return body.token;
  }

  function exec(token: string, args: string[], input?: string) {
    return kubectl(token, ['exec', ...args], input);
  }

  function kubectl(token: string, args: string[], input?: string) {
    const { port } = tls.address() as AddressInfo;
    const kubeconfig = createKubeconfig([
      {
        cluster: 'prod',
        apiServer: `https://127.0.0.1:${port}/api/berth/clusters/prod/proxy`,
        caData: Buffer.from(caPem).toString('base64'),
        username: 'person',
        token,
        namespace: 'shop',
      },
    ]);
    return runKubectl(args, { kubeconfig, input });
  }

  it('S60 refuses a token from a page, even of a person who is signed in with kubectl', async () => {
    await signIn('member');
    const { body } = await portal.call(
      'member',
      'POST',
      '/api/berth/clusters/prod/token',
    );
    const { code, stderr } = await exec(body.token, ['web', '--', 'echo', 'a']);
    expect(code).not.toBe(0);
    expect(stderr).toContain('needs a token of the sign-in with kubectl');
  });

  it('S60 starts nothing with the token of a computer whose sign-in ended, and serves the others', async () => {
    const [ended, other] = [await signIn('member'), await signIn('member')];
    const tokens = [await tokenOf(ended), await tokenOf(other)];
    await portal.call('none', 'POST', '/api/berth/kubectl/session/end', {
      body: { assertion: await ended.sign('end') },
    });
    const refused = await exec(tokens[0], ['web', '--', 'echo', 'a']);
    expect(refused.stderr).toContain('sign-in of this computer');
    const served = await exec(tokens[1], ['web', '--', 'echo', 'a']);
    expect(served).toMatchObject({ code: 0, stdout: 'a\n' });
  });

  it('S60 runs commands as the person, and records them without their words', async () => {
    const token = await tokenOf(await signIn('member'));
    const echo = await exec(token, ['web', '--', 'echo', 'hunter2']);
    expect(echo).toEqual({ code: 0, stdout: 'hunter2\n', stderr: '' });
    const shell = await exec(
      token,
      ['-i', 'web', '--', 'sh'],
      'echo from the input\nexit 3\n',
    );
    expect(shell.stdout).toBe('from the input\n');
    expect(shell.code).toBe(3);
    const { items } = await portal.admin(
      'GET',
      '/activity?cluster=prod&limit=100',
    );
    const events = items.filter(({ event }: any) => /^terminal-/.test(event));
    expect(events.slice(0, 2).map(({ event }: any) => event)).toEqual([
      'terminal-close',
      'terminal-open',
    ]);
    expect(events[0]).toMatchObject({
      actor: 'user:default/member',
      namespace: 'shop',
      meta: { pod: 'web', via: 'kubectl', cause: 'Exited', bytesIn: 27 },
    });
    expect(JSON.stringify(items)).not.toMatch(/hunter2|from the input|eyJ/);
  });

  it('S60 leaves the decision to the cluster', async () => {
    const token = await tokenOf(await signIn('neighbor'));
    const { code, stderr } = await exec(token, ['web', '--', 'echo']);
    expect(code).not.toBe(0);
    expect(stderr).toContain('create pods/exec');
  });

  it('S60 attaches as the person, and records it', async () => {
    const { code, stdout } = await kubectl(
      await tokenOf(await signIn('member')),
      ['attach', '-i', 'web'],
      'echo attached\nexit 0\n',
    );
    expect([code, stdout]).toEqual([0, 'attached\n']);
    const { items } = await portal.admin(
      'GET',
      '/activity?cluster=prod&limit=100',
    );
    const opened = items.find(({ event }: any) => event === 'terminal-open');
    expect(opened).toMatchObject({
      actor: 'user:default/member',
      meta: { pod: 'web', via: 'kubectl', subresource: 'attach' },
    });
  });

  it.each([
    [['attach', 'web'], 'create pods/attach'],
    [['port-forward', 'web', ':80'], 'create pods/portforward'],
  ])('S60 leaves the decision about %j to the cluster', async (args, right) => {
    const token = await tokenOf(await signIn('neighbor'));
    const { code, stderr } = await kubectl(token, args);
    expect(code).not.toBe(0);
    expect(stderr).toContain(right);
  });

  it('passes the refusal of the cluster on', async () => {
    const token = await tokenOf(await signIn('member'));
    const { stderr } = await exec(token, ['none', '--', 'echo']);
    expect(stderr).toContain('pods "none" not found');
  });

  it('refuses kubectl that speaks SPDY, with words', async () => {
    const token = await tokenOf(await signIn('member'));
    process.env.KUBECTL_REMOTE_COMMAND_WEBSOCKETS = 'false';
    const { code, stderr } = await exec(token, ['web', '--', 'echo']);
    delete process.env.KUBECTL_REMOTE_COMMAND_WEBSOCKETS;
    expect(code).not.toBe(0);
    expect(stderr).toContain('Use kubectl 1.31 or newer');
  });
});
