import { parse } from 'yaml';

/**
 * What a kubeconfig says of one cluster, without any credential.
 *
 * @public
 */
export interface KubeconfigCluster {
  name: string;
  apiServer: string;
  /** PEM. */
  caData: string;
}

/**
 * Why nothing could be taken from a text, or from one context of it.
 *
 * @public
 */
export type KubeconfigProblem =
  | 'tooLarge'
  | 'notYaml'
  | 'noCluster'
  | 'noServer'
  | 'caFile'
  | 'noCa';

/**
 * The kinds of credentials that a user of a kubeconfig can have.
 *
 * @public
 */
export type KubeconfigCredential =
  | 'clientCertificate'
  | 'token'
  | 'password'
  | 'exec'
  | 'authProvider';

/**
 * The settings of a cluster that would weaken or bend the connection, and that Berth does not follow.
 *
 * @public
 */
export type KubeconfigSetting =
  | 'insecure-skip-tls-verify'
  | 'tls-server-name'
  | 'proxy-url';

/**
 * One context, as far as it says how to reach a cluster.
 *
 * @public
 */
export interface KubeconfigContext {
  name: string;
  cluster?: KubeconfigCluster;
  /** Set where `cluster` is not. */
  problem?: KubeconfigProblem;
  /** What stands in the kubeconfig and is not taken: never a value, only what kind of thing it is. */
  notTaken: {
    user?: string;
    credentials: KubeconfigCredential[];
    settings: KubeconfigSetting[];
  };
}

/**
 * The contexts of a kubeconfig, at least one of which can be used.
 *
 * @public
 */
export interface KubeconfigContent {
  contexts: KubeconfigContext[];
  /** One that can be used: the file's current one if it can. */
  current: KubeconfigContext;
}

/** @public */
export type KubeconfigResult =
  | KubeconfigContent
  | { problem: KubeconfigProblem };

interface Named {
  name?: unknown;
  cluster?: Record<string, unknown>;
  user?: Record<string, unknown>;
  context?: Record<string, unknown>;
}

interface Entry {
  name: string;
  cluster?: Named;
  user?: Named;
}

const MAX_LENGTH = 1024 * 1024;

const CREDENTIAL_FIELDS: [KubeconfigCredential, string[]][] = [
  ['clientCertificate', ['client-certificate', 'client-certificate-data']],
  ['token', ['token', 'tokenFile']],
  ['password', ['username', 'password']],
  ['exec', ['exec']],
  ['authProvider', ['auth-provider']],
];

const SETTINGS: KubeconfigSetting[] = [
  'insecure-skip-tls-verify',
  'tls-server-name',
  'proxy-url',
];

/**
 * Takes server and CA of each context's cluster from a kubeconfig. Nothing of a credential is in the
 * result, and no plugin that the file names is run.
 *
 * @param text - YAML or JSON, at most 1 MiB
 * @see https://kubernetes.io/docs/reference/config-api/kubeconfig.v1/
 * @public
 */
export function parseKubeconfig(text: string): KubeconfigResult {
  if (text.length > MAX_LENGTH) {
    return { problem: 'tooLarge' };
  }
  const document = parseObject(text);
  if (!document) {
    return { problem: 'notYaml' };
  }
  const contexts = entriesOf(document).map(contextOf);
  const preferred = document['current-context'];
  const current =
    contexts.find(({ name }) => name === preferred) ?? contexts[0];
  if (!current) {
    return { problem: 'noCluster' };
  }
  // One context that cannot be used is no reason to refuse the others, unless it is the only one.
  const usable = contexts.filter(({ cluster }) => cluster);
  return usable.length === 0
    ? { problem: current.problem ?? 'noCluster' }
    : { contexts, current: current.cluster ? current : usable[0] };
}

/**
 * The bearer token that a kubeconfig holds for the user of a context: a secret. For the one who was asked
 * to keep it.
 *
 * @param context - name of the context
 * @returns undefined where there is none in the file itself
 * @public
 */
export function readKubeconfigToken(
  text: string,
  context: string,
): string | undefined {
  const document = text.length > MAX_LENGTH ? undefined : parseObject(text);
  const entry = document
    ? entriesOf(document).find(({ name }) => name === context)
    : undefined;
  return textOf(entry?.user?.user?.token) || undefined;
}

/** The contexts, or the clusters where there are none. */
function entriesOf(document: Record<string, unknown>): Entry[] {
  const clusters = listOf(document.clusters).filter(({ cluster }) => cluster);
  const users = listOf(document.users);
  const contexts = listOf(document.contexts)
    .map(({ name, context }) => ({
      name: textOf(name),
      cluster: clusters.find(one => one.name === context?.cluster),
      user: users.find(one => one.name === context?.user),
    }))
    .filter(({ cluster }) => cluster);
  return contexts.length > 0
    ? contexts
    : clusters.map(cluster => ({ name: textOf(cluster.name), cluster }));
}

function contextOf({ name, cluster, user }: Entry): KubeconfigContext {
  return {
    name,
    ...clusterOf(cluster),
    notTaken: {
      ...(user && { user: textOf(user.name) }),
      credentials: CREDENTIAL_FIELDS.filter(([, fields]) =>
        fields.some(field => user?.user?.[field] !== undefined),
      ).map(([credential]) => credential),
      settings: SETTINGS.filter(setting => cluster?.cluster?.[setting]),
    },
  };
}

function clusterOf(
  entry: Named | undefined,
): Pick<KubeconfigContext, 'cluster' | 'problem'> {
  const fields = entry?.cluster ?? {};
  const { server } = fields;
  const caData = fields['certificate-authority-data'];
  if (typeof server !== 'string' || !server) {
    return { problem: 'noServer' };
  }
  if (typeof caData !== 'string' || !caData) {
    return { problem: fields['certificate-authority'] ? 'caFile' : 'noCa' };
  }
  const pem = decode(caData);
  return pem === undefined
    ? { problem: 'noCa' }
    : {
        cluster: { name: textOf(entry?.name), apiServer: server, caData: pem },
      };
}

/** Warnings would be printed with the line that they are about, which may be that of a credential. */
function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const document: unknown = parse(text, { logLevel: 'error' });
    return typeof document === 'object' && document !== null
      ? (document as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}

function listOf(value: unknown): Named[] {
  return Array.isArray(value)
    ? value.filter(item => typeof item === 'object' && item !== null)
    : [];
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function decode(base64: string): string | undefined {
  try {
    return atob(base64.replace(/\s+/g, ''));
  } catch {
    return undefined;
  }
}
