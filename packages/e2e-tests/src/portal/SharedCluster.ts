import { ControlPlane, runKubectl } from '@berth/control-plane';
import { asControlPlaneAdmin, onboard } from './onboard';
import { Portal } from './Portal';

export const TEAM_A = 'group:default/team-a';
export const TEAM_B = 'group:default/team-b';

/** A portal and a real cluster `prod01`, which is registered and shared with team-a and team-b. */
export class SharedCluster {
  readonly portal: Portal;
  readonly #controlPlane: ControlPlane;

  static async start(databases?: 'disk'): Promise<SharedCluster> {
    const controlPlane = await ControlPlane.start();
    let portal: Portal | undefined;
    try {
      portal = await Portal.start(databases);
      await share(portal, controlPlane);
      return new SharedCluster(portal, controlPlane);
    } catch (error) {
      await portal?.stop();
      await controlPlane.stop();
      throw error;
    }
  }

  private constructor(portal: Portal, controlPlane: ControlPlane) {
    this.portal = portal;
    this.#controlPlane = controlPlane;
  }

  /** Runs kubectl as the cluster's own administrator. */
  kubectl(args: string, input?: string): Promise<string> {
    return asControlPlaneAdmin(this.#controlPlane, args.split(' '), input);
  }

  /** Runs kubectl with the person's own kubeconfig. @returns the output, or the reason of the failure */
  async as(person: string, args: string, input?: string): Promise<string> {
    const kubeconfig = await this.portal.kubeconfig(person, 'prod01');
    const { code, stdout, stderr } = await runKubectl(args.split(' '), {
      kubeconfig,
      input,
    });
    return code === 0 ? stdout.trim() : stderr.trim();
  }

  /** Makes a backup of the cluster's etcd. @returns its folder */
  saveCluster(): Promise<string> {
    return this.#controlPlane.saveData();
  }

  /** Puts a backup of the cluster's etcd back. */
  restoreCluster(backup: string): Promise<void> {
    return this.#controlPlane.restoreData(backup);
  }

  async stop(): Promise<void> {
    await this.portal.stop();
    await this.#controlPlane.stop();
  }
}

async function share(
  portal: Portal,
  controlPlane: ControlPlane,
): Promise<void> {
  const registry = await portal.signIn('ada');
  const cluster = await registry.createCluster({
    name: 'prod01',
    apiServer: controlPlane.apiServer,
    caData: controlPlane.caPem,
  });
  await onboard(portal, controlPlane, cluster);
  await registry.setShares('prod01', { groups: [TEAM_A, TEAM_B] });
}
