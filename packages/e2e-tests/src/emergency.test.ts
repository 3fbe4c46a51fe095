import {
  ControlPlane,
  describeWithControlPlane,
  runKubectl,
  TemporaryDirectory,
} from '@berth/control-plane';
import { decodeProtectedHeader } from 'jose';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { eventually } from './portal/eventually';
import { Portal } from './portal/Portal';
import { findCommand, paste } from './runbook';

jest.setTimeout(300_000);

const RUNBOOK = 'admin/signing-keys.md';

/**
 * Follows the emergency procedure of the runbook, with its own commands, on a real portal and a real
 * kube-apiserver.
 */
describeWithControlPlane('an attacker knows a private key', () => {
  let portal: Portal;
  let controlPlane: ControlPlane;
  let directory: TemporaryDirectory;

  beforeAll(async () => {
    directory = await TemporaryDirectory.create('emergency-');
    controlPlane = await ControlPlane.start({ controllerManager: false });
    portal = await Portal.start();
    const ada = await portal.signIn('ada');
    const { id } = await ada.createCluster({
      name: 'prod01',
      apiServer: controlPlane.apiServer,
      caData: controlPlane.caPem,
    });
    await ada.setShares('prod01', { groups: ['group:default/team-a'] });
    await controlPlane.restartApiServer({
      issuerUrl: portal.issuer,
      caPem: portal.caPem,
      clientId: id,
    });
    await eventually('alice gets in', async () => {
      return entersWith(await portal.kubeconfig('alice', 'prod01'));
    });
  });

  afterAll(async () => {
    await portal?.stop();
    await controlPlane?.stop();
    await directory?.remove();
  });

  async function entersWith(kubeconfig: string) {
    const { code } = await runKubectl(['get', '--raw', '/version'], {
      kubeconfig,
    });
    return code === 0;
  }

  /** Runs a command of the runbook, with values in place of its capital words. */
  async function run(part: string, words: Record<string, string> = {}) {
    let command = await findCommand(RUNBOOK, part);
    const known = { PORTAL: portal.url.replace('https://', ''), ...words };
    for (const [word, value] of Object.entries(known)) {
      command = command.replaceAll(new RegExp(`\\b${word}\\b`, 'g'), value);
    }
    const ca = join(directory.path, 'ca.pem');
    await writeFile(ca, portal.caPem);
    return paste(command, {
      TOKEN: await portal.userToken('ada'),
      CURL_CA_BUNDLE: ca,
    });
  }

  const kidOf = (kubeconfig: string) =>
    decodeProtectedHeader(parse(kubeconfig).users[0].user.token).kid;

  it('S15 ends all its tokens within seconds, by the steps of the runbook', async () => {
    const given = await portal.kubeconfig('alice', 'prod01');
    const stolen = kidOf(given)!;

    const revoked = JSON.parse(await run('keys/revoke', { KID: stolen }));
    const states = new Map(
      revoked.items.map(({ kid, state }: any) => [kid, state]),
    );
    expect(states.get(stolen)).toBe('revoked');
    const between = await portal.kubeconfig('alice', 'prod01');
    expect(states.get(kidOf(between))).toBe('active');
    expect(await entersWith(between)).toBe(true);

    await run('/checks');
    const after = await portal.kubeconfig('alice', 'prod01');
    expect(states.get(kidOf(after))).toBe('next');
    expect(await entersWith(after)).toBe(true);
    expect(await entersWith(between)).toBe(true);

    const revokedAt = Date.now();
    let acceptedAfterMs = 0;
    await eventually('the stolen key opens nothing', async () => {
      const askedAfterMs = Date.now() - revokedAt;
      const enters = await entersWith(given);
      if (enters) {
        acceptedAfterMs = askedAfterMs;
      }
      return !enters;
    });
    expect(acceptedAfterMs).toBeLessThan(30_000);

    const file = join(directory.path, 'berth.kubeconfig');
    await writeFile(file, after);
    const version = await run('get --raw /version', {
      'berth.kubeconfig': file,
      'APISERVER:6443': controlPlane.apiServer.replace('https://', ''),
    });
    expect(JSON.parse(version).gitVersion).toMatch(/^v1/);
  });
});
