import { readFile } from 'node:fs/promises';
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
    await controlPlane.stop();
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
});
