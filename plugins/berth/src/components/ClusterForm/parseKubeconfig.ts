import { parse } from 'yaml';

/** What a kubeconfig says of its current cluster, without any credential. */
export interface KubeconfigCluster {
  name: string;
  apiServer: string;
  /** PEM. */
  caData: string;
}

/** Why nothing could be taken from a text. */
export type KubeconfigProblem =
  | 'notYaml'
  | 'noCluster'
  | 'noServer'
  | 'caFile'
  | 'noCa';

export type KubeconfigResult =
  | { cluster: KubeconfigCluster }
  | { problem: KubeconfigProblem };

interface NamedCluster {
  name?: unknown;
  cluster?: Record<string, unknown>;
}

/**
 * Takes server and CA of the current context's cluster, or of the first one, from a kubeconfig.
 *
 * @see https://kubernetes.io/docs/reference/config-api/kubeconfig.v1/
 */
export function parseKubeconfig(text: string): KubeconfigResult {
  const document = parseObject(text);
  if (!document) {
    return { problem: 'notYaml' };
  }
  const clusters = listOf<NamedCluster>(document.clusters);
  const current = listOf<{ name?: unknown; context?: { cluster?: unknown } }>(
    document.contexts,
  ).find(({ name }) => name === document['current-context']);
  const entry =
    clusters.find(({ name }) => name === current?.context?.cluster) ??
    clusters[0];
  if (!entry?.cluster) {
    return { problem: 'noCluster' };
  }

  const { server } = entry.cluster;
  const caData = entry.cluster['certificate-authority-data'];
  if (typeof server !== 'string' || !server) {
    return { problem: 'noServer' };
  }
  if (typeof caData !== 'string' || !caData) {
    return {
      problem: entry.cluster['certificate-authority'] ? 'caFile' : 'noCa',
    };
  }
  const pem = decode(caData);
  return pem === undefined
    ? { problem: 'noCa' }
    : {
        cluster: {
          name: typeof entry.name === 'string' ? entry.name : '',
          apiServer: server,
          caData: pem,
        },
      };
}

function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const document: unknown = parse(text);
    return typeof document === 'object' && document !== null
      ? (document as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}

function listOf<T extends object>(value: unknown): T[] {
  return Array.isArray(value)
    ? value.filter(item => typeof item === 'object' && item !== null)
    : [];
}

function decode(base64: string): string | undefined {
  try {
    return atob(base64.replace(/\s+/g, ''));
  } catch {
    return undefined;
  }
}
