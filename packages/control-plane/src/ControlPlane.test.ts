import { ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ControlPlane } from './ControlPlane';
import { createTestCertificates } from './createTestCertificates';
import { describeWithControlPlane } from './describeWithControlPlane';
import { runKubectl } from './runKubectl';

jest.setTimeout(180_000);

describeWithControlPlane('ControlPlane', () => {
  let controlPlane: ControlPlane;

  beforeAll(async () => {
    controlPlane = await ControlPlane.start();
  });

  afterAll(async () => {
    await controlPlane?.stop();
  });

  async function kubectl(...args: string[]) {
    const path = await controlPlane.adminKubeconfig();
    return runKubectl(args, { kubeconfig: await readFile(path, 'utf8') });
  }

  it('answers kubectl as an admin, with aggregated roles', async () => {
    const { code, stdout } = await kubectl('auth', 'can-i', '*', '*');
    expect({ code, stdout: stdout.trim() }).toEqual({ code: 0, stdout: 'yes' });
    const role = await kubectl('get', 'clusterrole', 'edit', '-o', 'json');
    expect(JSON.parse(role.stdout).rules.length).toBeGreaterThan(5);
  });

  it('keeps its data and address when the API server restarts with an issuer', async () => {
    await kubectl('create', 'namespace', 'kept');
    const { caPem } = await createTestCertificates();
    await controlPlane.restartApiServer({
      issuerUrl: 'https://localhost:1/api/oidc',
      caPem,
      clientId: 'cluster-1',
      groupsPrefix: 'oidc:',
    });
    const { code } = await kubectl('get', 'namespace', 'kept');
    expect(code).toBe(0);
  });

  it('cannot be reached while the API server is stopped', async () => {
    await controlPlane.stopApiServer();
    const stopped = await kubectl('get', 'namespaces');
    await controlPlane.startApiServer();
    const started = await kubectl('get', 'namespaces');
    expect([stopped.code, started.code]).toEqual([1, 0]);
  });

  it('refuses to continue a list after its history is compacted', async () => {
    const url = '/api/v1/namespaces?limit=1';
    const page = await kubectl('get', '--raw', url);
    const { metadata } = JSON.parse(page.stdout);
    await kubectl('create', 'namespace', 'after');
    await controlPlane.forgetHistory();
    const next = encodeURIComponent(metadata.continue);
    const { stderr } = await kubectl('get', '--raw', `${url}&continue=${next}`);
    expect(stderr).toContain('continue parameter is too old');
  });

  it('leaves nothing behind when it is stopped', async () => {
    const directory = dirname(await controlPlane.adminKubeconfig());
    const { processIds } = controlPlane;
    expect([processIds.length, processIds.filter(runs)]).toEqual([
      3,
      processIds,
    ]);
    await controlPlane.stop();
    expect(processIds.filter(runs)).toEqual([]);
    expect(existsSync(directory)).toBe(false);
  });
});

describeWithControlPlane('ControlPlane in a process that is killed', () => {
  let child: ChildProcess;

  beforeAll(() => {
    const transform = require.resolve(
      '@backstage/cli/config/nodeTransform.cjs',
    );
    const program = join(__dirname, '__testUtils__/startAndHang.ts');
    child = spawn(process.execPath, ['--require', transform, program], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
  });

  afterAll(() => {
    child?.kill('SIGKILL');
  });

  it('leaves nothing behind either', async () => {
    const [line] = await once(child.stdout!, 'data');
    const { directory, processIds } = JSON.parse(`${line}`);
    expect([processIds.length, processIds.filter(runs)]).toEqual([
      2,
      processIds,
    ]);
    child.kill('SIGKILL');
    const deadline = Date.now() + 60_000;
    while (
      Date.now() < deadline &&
      (processIds.some(runs) || existsSync(directory))
    ) {
      await sleep(100);
    }
    expect(processIds.filter(runs)).toEqual([]);
    expect(existsSync(directory)).toBe(false);
  });
});

function runs(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
