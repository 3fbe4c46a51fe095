import { KubectlCluster } from './api/kubectl';
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
  /** The PEM bundle in base64. If absent, kubectl uses the CAs of the computer. */
  caData?: string;
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
  return toYaml(kubeconfigOf(entries, ({ token }) => ({ token })));
}

/**
 * The settings of the user entries that run kubectl-berth.
 *
 * @public
 */
export interface ExecKubeconfigOptions {
  /** The address below which `/api/berth` is. */
  portal: string;
  /** The page that explains how to install kubectl-berth. */
  installPage: string;
  /** Version of client.authentication.k8s.io, `v1` by default. */
  execVersion?: 'v1' | 'v1beta1';
  /** The CA of the portal, a PEM bundle in base64, if it is not a public one. */
  portalCaData?: string;
}

/**
 * Writes a kubeconfig without a secret: kubectl gets tokens from kubectl-berth. The context of the first cluster is
 * the current one.
 *
 * @see https://kubernetes.io/docs/reference/access-authn-authz/authentication/#client-go-credential-plugins
 * @public
 */
export function createExecKubeconfig(
  clusters: KubectlCluster[],
  options: ExecKubeconfigOptions,
): string {
  const entries = clusters.map(({ name, server, namespaces, ...entry }) => ({
    ...entry,
    cluster: name,
    apiServer: server,
    ...(namespaces.length > 1 && { namespaces }),
  }));
  const userOf = ({ cluster, id }: Entry & { id: string }) => ({
    exec: {
      apiVersion: `client.authentication.k8s.io/${options.execVersion ?? 'v1'}`,
      command: 'kubectl-berth',
      args: [
        'credential',
        `--portal=${options.portal}`,
        `--cluster=${cluster}`,
        `--cluster-id=${id}`,
      ],
      ...(options.portalCaData !== undefined && {
        env: [{ name: 'KUBECTL_BERTH_CA_DATA', value: options.portalCaData }],
      }),
      installHint: `kubectl-berth is missing. Install it: ${options.installPage}`,
      interactiveMode: 'Never',
      provideClusterInfo: false,
    },
  });
  return toYaml(kubeconfigOf(entries, userOf));
}

type Entry = Omit<KubeconfigEntry, 'token'>;

function kubeconfigOf<E extends Entry>(
  entries: E[],
  userOf: (entry: E) => object,
) {
  return {
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': entries[0]?.cluster ?? '',
    clusters: entries.map(({ cluster, apiServer, caData }) => ({
      name: cluster,
      cluster: {
        server: apiServer,
        ...(caData !== undefined && { 'certificate-authority-data': caData }),
      },
    })),
    users: entries.map(entry => ({
      name: userName(entry),
      user: userOf(entry),
    })),
    contexts: entries.flatMap(entry => [
      contextOf(entry, entry.cluster, entry.namespace),
      ...(entry.namespaces ?? []).map(namespace =>
        contextOf(entry, `${entry.cluster}/${namespace}`, namespace),
      ),
    ]),
  };
}

function contextOf(entry: Entry, name: string, namespace?: string) {
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
function userName(entry: Pick<Entry, 'cluster' | 'username'>): string {
  return `${entry.username}@${entry.cluster}`;
}
