import { stringify } from 'yaml';

interface Accessible {
  name: string;
  apiServer: string;
  caPem: string;
  adminToken: string;
}

/** Returns a kubeconfig with an administrator's context for each cluster. The first context is current. */
export function adminKubeconfig(clusters: Accessible[]): string {
  return stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': clusters[0]?.name,
    clusters: clusters.map(({ name, apiServer, caPem }) => ({
      name,
      cluster: {
        server: apiServer,
        'certificate-authority-data': Buffer.from(caPem).toString('base64'),
      },
    })),
    users: clusters.map(({ name, adminToken }) => ({
      name: `${name}-admin`,
      user: { token: adminToken },
    })),
    contexts: clusters.map(({ name }) => ({
      name,
      context: { cluster: name, user: `${name}-admin` },
    })),
  });
}
