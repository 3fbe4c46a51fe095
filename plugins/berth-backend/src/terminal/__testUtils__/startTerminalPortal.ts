import { BackendFeature } from '@backstage/backend-plugin-api';
import { TEAM_A, TEAM_B } from '../../contract/__testUtils__/people';
import { Portal, startPortal } from '../../contract/__testUtils__/startPortal';

/** A portal with terminals, and the cluster `prod` with the pod `web` in the namespace `shop`. */
export interface TerminalPortal {
  portal: Portal;
  /** The id of the cluster in the portal. */
  prodId: string;
}

/**
 * Starts a portal with terminals. `member` may edit in the namespace, and `neighbor` may view.
 *
 * @param cluster - more about the cluster
 */
export async function startTerminalPortal({
  cluster,
  features,
}: {
  cluster?: object;
  features?: BackendFeature[];
} = {}): Promise<TerminalPortal> {
  const portal = await startPortal({ terminal: { enabled: true } }, features);
  const prod = await portal.startCluster('prod');
  const prodId = await portal.register('prod', prod, [TEAM_A, TEAM_B], cluster);
  await portal.admin('POST', '/clusters/prod/namespaces', {
    name: 'shop',
    owner: TEAM_A,
    grants: [
      { group: TEAM_A, role: 'edit' },
      { group: TEAM_B, role: 'view' },
    ],
  });
  await portal.settled('prod');
  prod.seed([
    { apiVersion: 'v1', kind: 'Node', metadata: { name: 'node' } },
    {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'web', namespace: 'shop' },
      spec: { containers: [{ name: 'main', image: 'nginx:1' }] },
    },
  ]);
  return { portal, prodId };
}
