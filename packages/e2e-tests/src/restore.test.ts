import { describeWithControlPlane } from '@berth/control-plane';
import { BerthClient } from '@berth/plugin-berth-common';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from './portal/eventually';
import { SharedCluster, TEAM_A, TEAM_B } from './portal/SharedCluster';

jest.setTimeout(300_000);

/** Backups that are older than a decision are put back, on real parts. */
describeWithControlPlane('a restore', () => {
  let shared: SharedCluster;
  let ada: BerthClient;

  beforeAll(async () => {
    shared = await SharedCluster.start('disk');
    ada = await shared.portal.signIn('ada');
    for (const name of ['shop', 'vault']) {
      await ada.createNamespace('prod01', {
        name,
        owner: TEAM_A,
        purpose: 'A restore',
        grants: [{ group: TEAM_A, role: 'admin' }],
      });
    }
  });

  afterAll(async () => {
    await shared?.stop();
  });

  const bobMayRead = async (namespace: string) =>
    (await shared.as('bob', `auth can-i list pods -n ${namespace}`)) === 'yes';

  async function setGrants(namespace: string, withTeamB: boolean) {
    const address = { cluster: 'prod01', namespace };
    const grants = [
      { group: TEAM_A, role: 'admin' as const },
      ...(withTeamB ? [{ group: TEAM_B, role: 'edit' as const }] : []),
    ];
    await ada.setGrants(address, { grants }, { etag: '*' });
    await eventually(`${namespace} has the new grants`, async () => {
      return (await bobMayRead(namespace)) === withTeamB;
    });
  }

  /** Waits until team-b has no access to a namespace, and team-a has. */
  async function holdsNothingOf(namespace: string) {
    await eventually(`team-b has no access to ${namespace}`, async () => {
      const bindings = await shared.kubectl(
        `get rolebindings -n ${namespace} --output=name`,
      );
      return (
        bindings.includes('berth:admin:team-a') && !bindings.includes('team-b')
      );
    });
    await eventually('nothing is planned', async () => {
      const { failure, items, leftovers } = await ada.getPlan('prod01');
      return !failure && items.length + leftovers.length === 0;
    });
  }

  it('S35 of etcd does not bring revoked access back', async () => {
    await setGrants('shop', true);
    const backup = await shared.saveCluster();
    await setGrants('shop', false);
    await shared.kubectl('create namespace later');

    await shared.restoreCluster(backup);
    // The role binding is part of the backup, and so is nothing that was made later.
    const namespaces = await shared.kubectl('get namespaces --output=name');
    expect(namespaces).toContain('namespace/shop');
    expect(namespaces).not.toContain('namespace/later');
    await holdsNothingOf('shop');
    expect(await bobMayRead('shop')).toBe(false);
  });

  it('S35 of the portal’s database does not leave access that the portal does not know', async () => {
    const backup = await mkdtemp(join(tmpdir(), 'backup-'));
    await shared.portal.restart(data => cp(data, backup, { recursive: true }));
    await setGrants('vault', true);
    await shared.portal.restart(async data => {
      await rm(data, { recursive: true });
      await cp(backup, data, { recursive: true });
    });
    await rm(backup, { recursive: true });
    await holdsNothingOf('vault');
    expect(await bobMayRead('vault')).toBe(false);
  });
});
