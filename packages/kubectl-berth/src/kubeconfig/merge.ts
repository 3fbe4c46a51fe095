import type { KubectlCluster } from '@berth/plugin-berth-common';
import { clusterOfUser, ExecOptions, execUser } from './execUser';
import { Kind, Kubeconfig } from './Kubeconfig';

const KINDS: Kind[] = ['clusters', 'users', 'contexts'];

export interface MergeOptions extends ExecOptions {
  clusters: KubectlCluster[];
  /** Other files of KUBECONFIG. kubectl takes a name from the first file that has it. */
  others?: Kubeconfig[];
}

export interface Merged {
  contexts: string[];
  removed: string[];
}

interface Context {
  cluster?: string;
  user?: string;
  namespace?: string;
}

/**
 * Changes a kubeconfig so that it has the clusters of a portal. An entry belongs to the portal if its user gets
 * tokens from there by this program. Everything else stays: where a name is taken by another entry, the name of the
 * cluster is followed by the host of the portal.
 */
export function mergeKubeconfig(
  config: Kubeconfig,
  options: MergeOptions,
): Merged {
  const before = ownEntries(config, options.portal);
  const taken = [config, ...(options.others ?? [])].map(file =>
    foreignNames(file, options.portal),
  );
  const isTaken = (kind: Kind, name: string) =>
    taken.some(names => names[kind].has(name));
  const wanted = ownNames();
  for (const cluster of options.clusters) {
    const { name, user, contexts } = chooseNames(cluster, options, isTaken);
    putCluster(config, name, cluster);
    config.put('users', user, keepVariables(config, user, cluster, options));
    wanted.clusters.add(name);
    wanted.users.add(user);
    for (const [context, namespace] of contexts) {
      putContext(config, context, { cluster: name, user, namespace });
      wanted.contexts.add(context);
    }
  }
  const removed = removeUnwanted(config, before, wanted);
  chooseCurrent(config, [...wanted.contexts], removed);
  return { contexts: [...wanted.contexts], removed };
}

type Names = Record<Kind, Set<string>>;

function ownNames(): Names {
  return { clusters: new Set(), users: new Set(), contexts: new Set() };
}

interface OwnEntries extends Names {
  /** Contexts with names that this program gives. A person can have made others with the same user. */
  named: Set<string>;
}

function ownEntries(config: Kubeconfig, portal: string): OwnEntries {
  const own = { ...ownNames(), named: new Set<string>() };
  const clusterOf = new Map<string, string>();
  for (const [name, user] of config.entries('users')) {
    const cluster = clusterOfUser(user, portal);
    if (cluster !== undefined) {
      own.users.add(name);
      clusterOf.set(name, cluster);
    }
  }
  for (const [name, value] of config.entries('contexts')) {
    const context = (value ?? {}) as Context;
    const cluster = clusterOf.get(context.user ?? '');
    if (cluster !== undefined) {
      own.contexts.add(name);
      if (context.cluster) {
        own.clusters.add(context.cluster);
      }
      if (isGiven(name, cluster, portal)) {
        own.named.add(name);
      }
    }
  }
  return own;
}

function isGiven(name: string, cluster: string, portal: string): boolean {
  return [cluster, withHost(cluster, portal)].some(
    base => name === base || name.startsWith(`${base}/`),
  );
}

function foreignNames(config: Kubeconfig, portal: string): Names {
  const own = ownEntries(config, portal);
  const names = ownNames();
  for (const kind of KINDS) {
    for (const name of config.entries(kind).keys()) {
      if (!own[kind].has(name)) {
        names[kind].add(name);
      }
    }
  }
  return names;
}

function chooseNames(
  cluster: KubectlCluster,
  { portal }: MergeOptions,
  isTaken: (kind: Kind, name: string) => boolean,
) {
  const [plain, unique] = [cluster.name, withHost(cluster.name, portal)].map(
    name => ({
      name,
      user: `${cluster.username}@${name}`,
      contexts: [
        [name, cluster.namespace] as const,
        // One namespace is the default namespace of the context already.
        ...(cluster.namespaces.length > 1 ? cluster.namespaces : []).map(
          namespace => [`${name}/${namespace}`, namespace] as const,
        ),
      ],
    }),
  );
  return isTaken('clusters', plain.name) ||
    isTaken('users', plain.user) ||
    plain.contexts.some(([context]) => isTaken('contexts', context))
    ? unique
    : plain;
}

function withHost(cluster: string, portal: string): string {
  return `${cluster}@${new URL(portal).host}`;
}

function putCluster(
  config: Kubeconfig,
  name: string,
  { server, caData }: KubectlCluster,
): void {
  config.put('clusters', name, {
    server,
    'certificate-authority-data': caData,
    'certificate-authority': undefined,
    'insecure-skip-tls-verify': undefined,
  });
}

/** Keeps variables that a person added, such as HTTPS_PROXY for a program with windows. */
function keepVariables(
  config: Kubeconfig,
  name: string,
  cluster: KubectlCluster,
  options: MergeOptions,
) {
  const found = config.entries('users').get(name) as
    | { exec?: { env?: Array<{ name: string; value: string }> } }
    | undefined;
  const kept = (found?.exec?.env ?? []).filter(
    variable => variable.name !== 'KUBECTL_BERTH_CA_DATA',
  );
  return execUser(cluster, {
    ...options,
    env: {
      ...Object.fromEntries(kept.map(it => [it.name, it.value])),
      ...options.env,
    },
  });
}

/** Keeps the namespace that a person chose for the context. */
function putContext(
  config: Kubeconfig,
  name: string,
  { cluster, user, namespace }: Context,
): void {
  const found = config.entries('contexts').get(name) as Context | undefined;
  const chosen = found?.namespace ?? namespace;
  config.put('contexts', name, {
    cluster,
    user,
    ...(chosen && { namespace: chosen }),
  });
}

function removeUnwanted(
  config: Kubeconfig,
  before: OwnEntries,
  wanted: Names,
): string[] {
  const removed = [...before.named].filter(name => !wanted.contexts.has(name));
  removed.forEach(name => config.remove('contexts', name));
  const contexts = [...config.entries('contexts').values()] as Context[];
  for (const name of before.users) {
    if (
      !wanted.users.has(name) &&
      !contexts.some(context => context?.user === name)
    ) {
      config.remove('users', name);
    }
  }
  for (const name of before.clusters) {
    if (
      !wanted.clusters.has(name) &&
      !contexts.some(context => context?.cluster === name)
    ) {
      config.remove('clusters', name);
    }
  }
  return removed;
}

function chooseCurrent(
  config: Kubeconfig,
  contexts: string[],
  removed: string[],
): void {
  const current = config.currentContext;
  if (removed.includes(current) || (current === '' && contexts.length > 0)) {
    config.currentContext = contexts[0] ?? '';
  }
}
