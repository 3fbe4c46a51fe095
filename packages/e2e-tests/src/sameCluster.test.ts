import { ControlPlane, describeWithControlPlane } from '@berth/control-plane';
import { BerthClient, Cluster } from '@berth/plugin-berth-common';
import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { eventually } from './portal/eventually';
import { asControlPlaneAdmin, onboard } from './portal/onboard';
import { Portal } from './portal/Portal';

jest.setTimeout(300_000);

/** Changes of a registered cluster on real parts: its address changes, and the cluster is deleted. */
describeWithControlPlane(
  'a cluster that was registered by a kubeconfig',
  () => {
    let portal: Portal;
    let controlPlane: ControlPlane;
    let kubeconfig: string;
    let ada: BerthClient;
    let cluster: Cluster;

    beforeAll(async () => {
      controlPlane = await ControlPlane.start();
      kubeconfig = await readFile(await controlPlane.adminKubeconfig(), 'utf8');
      portal = await Portal.start();
      ada = await portal.signIn('ada');
      cluster = await ada.createCluster({ kubeconfig, name: 'moving' });
      await onboard(portal, controlPlane, cluster);
    });

    afterAll(async () => {
      await portal?.stop();
      await controlPlane?.stop();
    });

    function bindings() {
      return asControlPlaneAdmin(controlPlane, [
        'get',
        'rolebindings',
        '--all-namespaces',
        `--selector=berth.dev/cluster-id=${cluster.id}`,
        '--output=name',
      ]);
    }

    it('uses the address and the CA of the kubeconfig', () => {
      expect(cluster).toMatchObject({
        apiServer: controlPlane.apiServer,
        connection: 'oidc',
      });
      expect(cluster).not.toHaveProperty('credential');
    });

    it('S25 accepts another address of the same cluster, and no other server', async () => {
      const { origin } = new URL(portal.issuer);
      const elsewhere = { apiServer: origin, caData: portal.caPem };
      await expect(
        ada.updateCluster('moving', elsewhere),
      ).rejects.toMatchObject({
        statusCode: 409,
        body: {
          error: {
            message: expect.stringMatching(
              /cannot check whether .*Nothing was/,
            ),
          },
        },
      });
      await expect(ada.getCluster('moving')).resolves.toMatchObject({
        apiServer: controlPlane.apiServer,
      });

      const apiServer = controlPlane.apiServer.replace(
        '127.0.0.1',
        'localhost',
      );
      const moved = await ada.updateCluster('moving', { apiServer });
      expect(moved.apiServer).toBe(apiServer);
      expect(await portal.check('moving')).toMatchObject({
        state: 'Connected',
      });
    });

    it('S35 is cleaned up when it is deleted: role bindings do not come back, namespaces stay', async () => {
      await ada.setShares('moving', { groups: ['group:default/team-a'] });
      await eventually('the share is Ready', async () => {
        const { items } = await ada.getShares('moving');
        return items.length === 1 && items[0].state === 'Ready';
      });
      expect(await bindings()).not.toBe('');
      const { items, reachable } = await ada.getLeftovers('moving');
      expect(reachable).toBe(true);
      expect(items).toContainEqual({
        kind: 'Namespace',
        namespace: '',
        name: 'team-a',
        removable: false,
      });
      expect(items).toContainEqual({
        kind: 'RoleBinding',
        namespace: 'team-a',
        name: 'berth:admin:team-a',
        removable: true,
      });

      await ada.deleteCluster('moving', { cleanUp: true });
      expect(await bindings()).toBe('');
      await sleep(5_000);
      expect(await bindings()).toBe('');
      expect(
        await asControlPlaneAdmin(controlPlane, [
          'get',
          'namespace',
          'team-a',
          '-o=name',
        ]),
      ).toBe('namespace/team-a');
      await expect(ada.getCluster('moving')).rejects.toMatchObject({
        statusCode: 404,
      });
    });
  },
);
