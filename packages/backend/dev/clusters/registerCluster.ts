import { BerthApi, Cluster } from '@berth/plugin-berth-common';
import { SandboxCluster } from '@berth/cluster-sandbox';
import { applyManifest } from './applyManifest';
import { ExampleCluster } from './exampleClusters';
import { retry } from './retry';

const READY_DEADLINE_MS = 90_000;

/**
 * Onboards a sandbox cluster through the same API as an admin: registers it, lets it trust the portal, applies
 * the onboarding manifest, shares it, and waits until the shares are in place.
 *
 * Replaces a registered cluster of that name, which is from an earlier run and has no sandbox any more.
 */
export async function registerCluster(
  berth: BerthApi,
  issuerUrl: string,
  sandbox: SandboxCluster,
  example: ExampleCluster,
): Promise<Cluster> {
  const { name, title, groups } = example;
  const { items } = await berth.listClusters();
  if (items.some(cluster => cluster.name === name)) {
    await berth.deleteCluster(name);
  }

  const cluster = await berth.createCluster({
    name,
    title,
    apiServer: sandbox.apiServer,
    caData: sandbox.caPem,
  });
  sandbox.setIssuer({ url: issuerUrl, audience: cluster.id });
  await applyManifest(sandbox, await berth.getOnboardingManifest(name));
  await berth.setShares(name, { groups });

  return await retry(`the shares of ${name}`, READY_DEADLINE_MS, async () => {
    const current = await berth.getCluster(name);
    const pending = current.shares.filter(share => share.state !== 'Ready');
    if (pending.length > 0) {
      throw new Error(
        pending
          .map(share => `${share.group}: ${share.state} ${share.message ?? ''}`)
          .join('; '),
      );
    }
    return current.status.state === 'Connected' ? current : undefined;
  });
}
