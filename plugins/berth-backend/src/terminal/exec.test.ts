import { SandboxCluster } from '@berth/cluster-sandbox';
import { runKubectl } from '@berth/control-plane';
import { currentKubectl } from '@berth/kube-binaries';
import { createKubeconfig } from '@berth/plugin-berth-common';
import { once } from 'node:events';
import { AddressInfo, connect } from 'node:net';
import { createServer, Server } from 'node:tls';
import { CallerName, TEAM_A, TEAM_B } from '../contract/__testUtils__/people';
import { Portal, startPortal } from '../contract/__testUtils__/startPortal';
import { TestAuthority } from '../kube/__testUtils__/certificates';
import { Laptop } from '../kubectl/__testUtils__/Laptop';

jest.setTimeout(60_000);

describe('kubectl exec through the portal', () => {
  const older = process.env.KUBECTL;
  let portal: Portal;
  let prod: SandboxCluster;
  let tls: Server;
  let caPem: string;

  beforeAll(async () => {
    process.env.KUBECTL = await currentKubectl();
    portal = await startPortal({ terminal: { enabled: true } });
    prod = await portal.startCluster('prod');
    await portal.register('prod', prod, [TEAM_A, TEAM_B], {
      kubectlVia: 'portal',
    });
    await portal.admin('POST', '/clusters/prod/namespaces', {
      name: 'shop',
      owner: TEAM_A,
      grants: [
        { group: TEAM_A, role: 'edit' },
        { group: TEAM_B, role: 'view' },
      ],
    });
    await portal.settled('prod');
    prod.seed([
      { apiVersion: 'v1', kind: 'Node', metadata: { name: 'node' } },
      {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name: 'web', namespace: 'shop' },
        spec: { containers: [{ name: 'main', image: 'nginx:1' }] },
      },
    ]);
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

  async function signIn(caller: CallerName) {
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
  }

  async function exec(caller: CallerName, args: string[], input?: string) {
    const { body } = await portal.call(
      caller,
      'POST',
      '/api/berth/clusters/prod/token',
    );
    const { port } = tls.address() as AddressInfo;
    const kubeconfig = createKubeconfig([
      {
        cluster: 'prod',
        apiServer: `https://127.0.0.1:${port}/api/berth/clusters/prod/proxy`,
        caData: Buffer.from(caPem).toString('base64'),
        username: caller,
        token: body.token,
        namespace: 'shop',
      },
    ]);
    return runKubectl(['exec', ...args], { kubeconfig, input });
  }

  it('S60 refuses a person who is not signed in with kubectl', async () => {
    const { code, stderr } = await exec('member', ['web', '--', 'echo', 'a']);
    expect(code).not.toBe(0);
    expect(stderr).toContain('is signed in with kubectl on no computer');
  });

  it('S60 runs commands as the person, and records them without their words', async () => {
    await signIn('member');
    const echo = await exec('member', ['web', '--', 'echo', 'hunter2']);
    expect(echo).toEqual({ code: 0, stdout: 'hunter2\n', stderr: '' });
    const shell = await exec(
      'member',
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
    await signIn('neighbor');
    const { code, stderr } = await exec('neighbor', ['web', '--', 'echo']);
    expect(code).not.toBe(0);
    expect(stderr).toContain('create pods/exec');
  });

  it('passes the refusal of the cluster on', async () => {
    const { stderr } = await exec('member', ['none', '--', 'echo']);
    expect(stderr).toContain('pods "none" not found');
  });

  it('refuses kubectl that speaks SPDY, with words', async () => {
    process.env.KUBECTL_REMOTE_COMMAND_WEBSOCKETS = 'false';
    const { code, stderr } = await exec('member', ['web', '--', 'echo']);
    delete process.env.KUBECTL_REMOTE_COMMAND_WEBSOCKETS;
    expect(code).not.toBe(0);
    expect(stderr).toContain('Use kubectl 1.31 or newer');
  });
});
