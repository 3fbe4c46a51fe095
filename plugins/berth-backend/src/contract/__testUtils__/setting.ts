import { SandboxCluster } from '@berth/cluster-sandbox';
import { TEAM_A, TEAM_B } from './people';
import { Portal } from './startPortal';

/** The portal and the clusters that the routes are called on. */
export interface Setting {
  portal: Portal;
  /** The cluster `prod`: shared with team-a and team-b, with the namespaces shop and team-a. */
  prod: SandboxCluster;
  /** The cluster `spare`: shared with team-b. */
  spare: SandboxCluster;
}

export async function prepare(portal: Portal): Promise<Setting> {
  const [prod, spare] = await Promise.all([
    portal.startCluster('prod'),
    portal.startCluster('spare'),
  ]);
  prod.seed([
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'legacy' } },
  ]);
  await portal.register('prod', prod, [TEAM_A, TEAM_B], {
    labels: { environment: 'test' },
  });
  await portal.register('spare', spare, [TEAM_B]);
  await portal.admin('POST', '/clusters/prod/namespaces', {
    name: 'shop',
    owner: TEAM_A,
    grants: [{ group: TEAM_A, role: 'edit' }],
    quota: { hard: { 'requests.cpu': '2' } },
  });
  await portal.settled('prod');
  await portal.settled('spare');
  await portal.until('/clusters', ({ items }) =>
    items.some(({ name }: { name: string }) => name === 'listed'),
  );
  return { portal, prod, spare };
}
