import { Cluster, KubeconfigEntry } from '@berth/plugin-berth-common';

/**
 * Returns where kubectl reaches a cluster: at its API server, or at the portal, whose certificate the computer knows.
 *
 * @param api - the address of Berth's API
 */
export function serverOf(
  cluster: Pick<Cluster, 'name' | 'kubectlVia' | 'apiServer' | 'caData'>,
  api: string,
): Pick<KubeconfigEntry, 'apiServer' | 'caData'> {
  const { name, kubectlVia, apiServer, caData } = cluster;
  return kubectlVia === 'portal'
    ? { apiServer: `${api}/clusters/${name}/proxy` }
    : { apiServer, caData };
}
