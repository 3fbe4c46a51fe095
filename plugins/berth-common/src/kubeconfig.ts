import { toYaml } from './yaml';

/**
 * One cluster's entry in a kubeconfig.
 *
 * @public
 */
export interface KubeconfigEntry {
  /** Name of the cluster and of the context. */
  cluster: string;
  /** URL of the API server. */
  apiServer: string;
  /** base64 of the PEM bundle. */
  caData: string;
  /** Name of the user in the file, such as `user:alice`. */
  username: string;
  /** A bearer token for this cluster. */
  token: string;
  /** The default namespace of the context. */
  namespace?: string;
  /** Namespaces that get a context each, called `<cluster>/<namespace>`, next to the one of the cluster. */
  namespaces?: string[];
}

/**
 * Writes a kubeconfig with short-lived bearer tokens. The context of the first entry is the current one.
 *
 * @see https://kubernetes.io/docs/reference/config-api/kubeconfig.v1/
 * @public
 */
export function createKubeconfig(entries: KubeconfigEntry[]): string {
  return toYaml({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': entries[0]?.cluster ?? '',
    clusters: entries.map(entry => ({
      name: entry.cluster,
      cluster: {
        server: entry.apiServer,
        'certificate-authority-data': entry.caData,
      },
    })),
    users: entries.map(entry => ({
      name: userName(entry),
      user: { token: entry.token },
    })),
    contexts: entries.flatMap(entry => [
      contextOf(entry, entry.cluster, entry.namespace),
      ...(entry.namespaces ?? []).map(namespace =>
        contextOf(entry, `${entry.cluster}/${namespace}`, namespace),
      ),
    ]),
  });
}

function contextOf(entry: KubeconfigEntry, name: string, namespace?: string) {
  return {
    name,
    context: {
      cluster: entry.cluster,
      user: userName(entry),
      ...(namespace && { namespace }),
    },
  };
}

/** Each token is for one cluster, so each cluster needs a user of its own. */
function userName(entry: KubeconfigEntry): string {
  return `${entry.username}@${entry.cluster}`;
}
