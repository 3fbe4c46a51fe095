import { once } from 'node:events';
import { WebSocket } from 'ws';
import { SandboxCluster } from './SandboxCluster';
import { eventually, TestClient } from './__testUtils__/TestClient';

jest.setTimeout(60_000);

const PODS = '/api/v1/namespaces/default/pods';

describe('exec in the sandbox', () => {
  let cluster: SandboxCluster;
  let admin: TestClient;

  beforeAll(async () => {
    cluster = await SandboxCluster.start({ name: 'one', podStepMs: 5 });
    admin = new TestClient(cluster, cluster.adminToken);
    await admin.call('POST', '/api/v1/nodes', { metadata: { name: 'node' } });
    for (const [name, image] of [
      ['web', 'nginx:1'],
      ['small', 'alpine:3'],
    ]) {
      await admin.call('POST', PODS, {
        metadata: { name },
        spec: { containers: [{ name: 'main', image }] },
      });
    }
    await eventually(
      async () => (await admin.call('GET', PODS)).body.items,
      pods => pods.every((pod: any) => pod.status.containerStatuses?.[0].ready),
    );
  });

  afterAll(async () => {
    await admin.close();
    await cluster.stop();
  });

  function open(pod: string, query: string, protocol: string) {
    const url = `${cluster.apiServer.replace(
      'https',
      'wss',
    )}${PODS}/${pod}/exec?container=main&${query}`;
    const socket = new WebSocket(url, [protocol], {
      ca: cluster.caPem,
      headers: { authorization: `Bearer ${cluster.adminToken}` },
    });
    let shown = '';
    let status: any;
    socket.on('message', (data: Buffer) => {
      const text = data.subarray(1).toString('utf8');
      if (data[0] === 3) {
        status = JSON.parse(text);
      } else {
        shown += text;
      }
    });
    return {
      socket,
      shown: () => shown,
      status: () => status,
      type: (text: string) => socket.send(Buffer.from(`\0${text}`)),
      resize: (size: object) =>
        socket.send(Buffer.from(`\x04${JSON.stringify(size)}`)),
    };
  }

  it('echoes what is typed, knows the size, and ends with the code of the shell', async () => {
    const shell = open('web', 'command=bash&tty=true', 'v4.channel.k8s.io');
    await once(shell.socket, 'open');
    shell.resize({ Width: 120, Height: 40 });
    shell.type('stty size\recho hi there\rexit 3\r');
    await once(shell.socket, 'close');
    expect(shell.shown()).toBe(
      '$ stty size\r\n40 120\r\n$ echo hi there\r\nhi there\r\n$ exit 3\r\n',
    );
    expect(shell.status()).toMatchObject({
      status: 'Failure',
      reason: 'NonZeroExitCode',
      details: { causes: [{ reason: 'ExitCode', message: '3' }] },
    });
  });

  it('ends at the end of the input, with version 5 of the protocol', async () => {
    const shell = open('web', 'command=sh&tty=true', 'v5.channel.k8s.io');
    await once(shell.socket, 'open');
    shell.socket.send(Buffer.of(255, 0));
    await once(shell.socket, 'close');
    expect(shell.status()).toMatchObject({ status: 'Success' });
  });

  it('says that a program is missing', async () => {
    const shell = open('small', 'command=bash&tty=true', 'v4.channel.k8s.io');
    await once(shell.socket, 'close');
    expect(shell.status().message).toContain(
      'exec: "bash": executable file not found in $PATH',
    );
  });

  it('runs one command without a terminal', async () => {
    const shell = open('web', 'command=echo&command=a', 'v4.channel.k8s.io');
    await once(shell.socket, 'close');
    expect(shell.shown()).toBe('a\n');
  });
});
