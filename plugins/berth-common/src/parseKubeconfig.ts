import { isMap, isScalar, parseAllDocuments, visit } from 'yaml';
import type { Document } from 'yaml';
import type {
  KubeconfigContent,
  KubeconfigContext,
  KubeconfigCredential,
  KubeconfigProblem,
  KubeconfigSetting,
} from './api/kubeconfig';

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

/*
 * This replaces `KubeConfig` of @kubernetes/client-node, which needs Node, reads files and runs commands that the
 * text names.
 *
 * A kubeconfig often comes from someone else, and a YAML library can need seconds for a small hostile text. So the
 * input of every step that takes more than linear time is bounded first.
 */
const MAX_LENGTH = 64 * 1024;
const MAX_NODES = 4_000;
/** The library searches the whole document for each alias. */
const MAX_ALIASES = 50;

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
 * Reads the server and CA of each context's cluster from a kubeconfig. The result has no part of a credential, and no
 * plugin that the file names is run.
 *
 * @param text - YAML or JSON, at most 64 KiB
 * @see https://kubernetes.io/docs/reference/config-api/kubeconfig.v1/
 * @public
 */
export function parseKubeconfig(text: string): KubeconfigResult {
  const parsed = parseObject(text);
  if ('problem' in parsed) {
    return parsed;
  }
  const { content, more } = parsed;
  if (hasSameNames(content)) {
    return { problem: 'sameName' };
  }
  const contexts = entriesOf(content).map(contextOf);
  const preferred = content['current-context'];
  const current =
    contexts.find(({ name }) => name === preferred) ?? contexts[0];
  if (!current) {
    return { problem: 'noCluster' };
  }
  // An unusable context is no reason to refuse the others.
  const usable = contexts.filter(({ cluster }) => cluster);
  return usable.length === 0
    ? { problem: current.problem ?? 'noCluster' }
    : {
        contexts,
        current: current.cluster ? current : usable[0],
        ...(more && { moreDocuments: true }),
      };
}

/**
 * Reads the bearer token of a context's user from a kubeconfig: a secret, which the caller must protect.
 *
 * @param context - name of the context
 * @returns undefined if the file itself has no token
 * @public
 */
export function readKubeconfigToken(
  text: string,
  context: string,
): string | undefined {
  const parsed = parseObject(text);
  const entry =
    'content' in parsed
      ? entriesOf(parsed.content).find(({ name }) => name === context)
      : undefined;
  return textOf(entry?.user?.user?.token) || undefined;
}

/** Returns the contexts, or the clusters if there are no contexts. */
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

interface Parsed {
  content: Record<string, unknown>;
  /** Whether other documents follow. */
  more: boolean;
}

/** Parses the first document, like kubectl. It resolves merge keys and keeps the text of numbers. */
function parseObject(text: string): Parsed | { problem: KubeconfigProblem } {
  if (text.length > MAX_LENGTH) {
    return { problem: 'tooLarge' };
  }
  try {
    const documents = parseAllDocuments(text, {
      // Warnings would print the line that they are about, which may contain a credential.
      logLevel: 'error',
      merge: true,
      // The library compares each key with all others of its map; `prepare` checks for equal keys faster.
      uniqueKeys: false,
    });
    const [first] = documents;
    if (!first || first.errors.length > 0) {
      return { problem: 'notYaml' };
    }
    const problem = prepare(first);
    if (problem) {
      return { problem };
    }
    const content: unknown = first.toJS({ maxAliasCount: MAX_ALIASES });
    return typeof content === 'object' && content !== null
      ? {
          content: content as Record<string, unknown>,
          more: documents.length > 1,
        }
      : { problem: 'notYaml' };
  } catch {
    return { problem: 'notYaml' };
  }
}

/**
 * Prepares a document for reading: each number is replaced by its text in the file, because the name of a cluster can
 * be 111 or 716064e0.
 *
 * @returns the reason for refusing the document: too many nodes or aliases, an alias inside an anchored node, or two
 *   equal keys in one map
 */
function prepare(document: Document): KubeconfigProblem | undefined {
  let nodes = 0;
  let aliases = 0;
  let problem: KubeconfigProblem | undefined;
  const refuse = (reason: KubeconfigProblem) => {
    problem = reason;
    return visit.BREAK;
  };
  visit(document, {
    Node: (_, node) => {
      nodes++;
      if (nodes > MAX_NODES) {
        return refuse('tooComplex');
      }
      if (isMap(node) && hasEqualKeys(node)) {
        return refuse('notYaml');
      }
      if (isScalar(node) && typeof node.value === 'number') {
        node.value = node.source ?? String(node.value);
      }
      return undefined;
    },
    Alias: (_, _alias, path) => {
      aliases++;
      const repeated = path.some(
        parent => 'anchor' in parent && parent.anchor !== undefined,
      );
      return aliases > MAX_ALIASES || repeated
        ? refuse('tooComplex')
        : undefined;
    },
  });
  return problem;
}

function hasEqualKeys({ items }: { items: { key: unknown }[] }): boolean {
  const keys = items
    .map(({ key }) => (isScalar(key) ? String(key.value) : undefined))
    .filter(key => key !== undefined && key !== '<<');
  return new Set(keys).size < keys.length;
}

/** kubectl refuses such a file as ambiguous. */
function hasSameNames(content: Record<string, unknown>): boolean {
  return ['clusters', 'contexts', 'users'].some(list => {
    const names = listOf(content[list]).map(({ name }) => textOf(name));
    return new Set(names).size < names.length;
  });
}

function listOf(value: unknown): Named[] {
  return Array.isArray(value)
    ? value.filter(item => typeof item === 'object' && item !== null)
    : [];
}

function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'boolean'
    ? String(value)
    : '';
}

function decode(base64: string): string | undefined {
  try {
    return atob(base64.replace(/\s+/g, ''));
  } catch {
    return undefined;
  }
}
