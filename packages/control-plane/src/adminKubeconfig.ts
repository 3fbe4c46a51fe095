import { stringify } from 'yaml';

/** The address of an API server and the credentials of its administrator. */
export interface AdminAccess {
  apiServer: string;
  caPem: string;
  adminToken: string;
}

/** Writes the kubeconfig of a cluster's administrator. */
export function adminKubeconfig({
  apiServer,
  caPem,
  adminToken,
}: AdminAccess): string {
  const name = 'admin';
  return stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': name,
    clusters: [
      {
        name,
        cluster: {
          server: apiServer,
          'certificate-authority-data': Buffer.from(caPem).toString('base64'),
        },
      },
    ],
    users: [{ name, user: { token: adminToken } }],
    contexts: [{ name, context: { cluster: name, user: name } }],
  });
}
