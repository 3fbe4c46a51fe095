import { toYaml } from './yaml';

/**
 * The entry of one cluster in a kubeconfig.
 *
 * @public
 */
export interface KubeconfigEntry {
  /** The name of the cluster and of the context. */
  cluster: string;
  /** The URL of the API server. */
  apiServer: string;
  /** The PEM bundle in base64. */
  caData: string;
  /** The name of the user in the file, such as `user:alice`. */
  username: string;
  /** A bearer token for this cluster. */
  token: string;
  /** The default namespace of the context. */
  namespace?: string;
  /** Namespaces with a context of their own, called `<cluster>/<namespace>`, in addition to the cluster's context. */
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

/** A token is for one cluster, so each cluster needs its own user. */
function userName(entry: KubeconfigEntry): string {
  return `${entry.username}@${entry.cluster}`;
}
