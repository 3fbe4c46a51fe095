import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { Portal } from 'e2e-tests';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { Progress } from '../harness/types';

const CLUSTER = 'tables';
const AT_A_TIME = 8;
const GRANTS = [
  { group: 'group:default/team-a', role: 'admin' as const },
  { group: 'group:default/team-b', role: 'view' as const },
];

/** Starts a portal that serves the built app, with many namespaces on a cluster that does not answer. */
export async function startPortal(
  namespaces: number,
  progress: Progress,
): Promise<Portal> {
  progress('building the app');
  await promisify(execFile)(
    process.execPath,
    [require.resolve('@backstage/cli/bin/backstage-cli'), 'package', 'build'],
    { cwd: resolvePackagePath('app'), maxBuffer: 16 * 1024 * 1024 },
  );
  progress('starting the portal');
  const portal = await Portal.start();
  try {
    await fill(portal, namespaces, progress);
    return portal;
  } catch (error) {
    await portal.stop();
    throw error;
  }
}

async function fill(
  portal: Portal,
  namespaces: number,
  progress: Progress,
): Promise<void> {
  const ada = await portal.signIn('ada');
  await ada.createCluster({
    name: CLUSTER,
    // Nothing listens at this address.
    apiServer: 'https://127.0.0.1:1',
    caData: Buffer.from(portal.caPem).toString('base64'),
  });
  let next = 0;
  const work = async () => {
    while (next < namespaces) {
      const name = `shop-${`${next}`.padStart(4, '0')}`;
      next += 1;
      progress(`namespace ${next} of ${namespaces}`);
      await ada.createNamespace(CLUSTER, {
        name,
        owner: GRANTS[0].group,
        purpose: `The shop number ${next}`,
        grants: GRANTS,
        quota: { sizeClass: 'small' },
      });
    }
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, work));
}
