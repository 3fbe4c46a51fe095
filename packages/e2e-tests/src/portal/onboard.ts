import { ControlPlane, runKubectl } from '@berth/control-plane';
import { Cluster } from '@berth/plugin-berth-common';
import { readFile } from 'node:fs/promises';
import { eventually } from './eventually';
import { Portal } from './Portal';

/** Runs kubectl as the control plane's own admin, and throws if kubectl fails. */
export async function asControlPlaneAdmin(
  controlPlane: ControlPlane,
  args: string[],
  input?: string,
): Promise<string> {
  const kubeconfig = await readFile(
    await controlPlane.adminKubeconfig(),
    'utf8',
  );
  const { code, stdout, stderr } = await runKubectl(args, {
    kubeconfig,
    input,
  });
  if (code !== 0) {
    throw new Error(`kubectl ${args.join(' ')}: ${stderr}`);
  }
  return stdout.trim();
}

/** Follows the onboarding steps of a registered cluster, and waits until the portal is connected. */
export async function onboard(
  portal: Portal,
  controlPlane: ControlPlane,
  { id, name }: Cluster,
): Promise<void> {
  await controlPlane.restartApiServer({
    issuerUrl: portal.issuer,
    caPem: portal.caPem,
    clientId: id,
  });
  const ada = await portal.signIn('ada');
  const manifest = await ada.getOnboardingManifest(name);
  await asControlPlaneAdmin(controlPlane, ['apply', '-f', '-'], manifest);
  await eventually(`the cluster ${name} is connected`, async () => {
    return (await portal.check(name)).state === 'Connected';
  });
}
