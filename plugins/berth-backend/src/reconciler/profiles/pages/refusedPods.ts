import { RefusedPods } from '@berth/plugin-berth-common';
import { toError } from '@backstage/errors';
import { KubeClient, KubeObject, PODS } from '../../../kube';
import {
  JudgingPolicies,
  PACK_ANNOTATIONS,
  PACK_LABELS,
  PACK_NAMES,
  PodRefusal,
  podRefusals,
  STRICT_GROUPS_SINCE,
} from '../../../policyPack';
import { isAtLeast } from '../../../model/versions';
import { forEachBounded } from '../../forEachBounded';
import { keyOf, keyText } from '../../keys';
import { isOurs } from '../../plan';
import {
  DesiredSubject,
  InventoryEntry,
  NamespaceObject,
  Observed,
} from '../../types';
import { Capabilities } from '../items/types';

const CALLS_AT_A_TIME = 8;
const MAX_NAMESPACES = 200;
/** More than a person reads, of a namespace and of all. */
const MAX_PODS_OF_ONE = 20;
const MAX_PODS = 200;
/** The rest of a preview is worth more than the last pods of a slow cluster. */
const DEADLINE_MS = 10_000;

type Item = PodRefusal['item'];

/** The fields of namespaces from which the policies take their rules. */
const RULES: Record<Item, { label: string; annotations: string[] }> = {
  identity: {
    label: PACK_LABELS.identity,
    annotations: [
      PACK_ANNOTATIONS.runAsUser,
      PACK_ANNOTATIONS.runAsGroup,
      PACK_ANNOTATIONS.supplementalGroups,
    ],
  },
  placement: {
    label: PACK_LABELS.placement,
    annotations: [PACK_ANNOTATIONS.nodeSelector, PACK_ANNOTATIONS.tolerations],
  },
};

export interface RefusedPodsRun {
  clusterId: string;
  capabilities: Capabilities;
  /** Connects to the cluster as the person who asks, because the portal itself may not read pods. */
  connectAsCaller: () => Promise<Pick<KubeClient, 'list'>>;
  wanted: DesiredSubject[];
  observed: Pick<Observed, 'objects'>;
  inventory: InventoryEntry[];
  signal: AbortSignal;
}

/** The pods that would be refused, and the namespaces whose pods are not known. */
export interface FoundRefusedPods {
  refusedPods: RefusedPods[];
  unreadPods?: { namespaces: number; reason: string };
}

/** Finds the running pods that the policies of the pack would refuse at their next start, by rules that change. */
export async function findRefusedPods(
  run: RefusedPodsRun,
): Promise<FoundRefusedPods> {
  const changed = changedNamespaces(run);
  if (changed.length === 0) {
    return { refusedPods: [] };
  }
  const unread = new Map<string, string>();
  changed
    .slice(MAX_NAMESPACES)
    .forEach(({ namespace }) =>
      unread.set(
        namespace.metadata.name,
        `A preview reads the pods of at most ${MAX_NAMESPACES} namespaces`,
      ),
    );
  const signal = AbortSignal.any([
    run.signal,
    AbortSignal.timeout(DEADLINE_MS),
  ]);
  const found: RefusedPods[] = [];
  const tried = changed.slice(0, MAX_NAMESPACES);
  try {
    const client = await run.connectAsCaller();
    await forEachBounded(tried, CALLS_AT_A_TIME, async one => {
      try {
        found.push(...(await refusedIn(one, client, signal)));
      } catch (error) {
        run.signal.throwIfAborted();
        unread.set(one.namespace.metadata.name, reasonOf(error, signal));
      }
    });
  } catch (error) {
    run.signal.throwIfAborted();
    tried.forEach(({ namespace }) =>
      unread.set(namespace.metadata.name, reasonOf(error, signal)),
    );
  }
  const [reason] = unread.values();
  return {
    refusedPods: bounded(found),
    ...(reason !== undefined && {
      unreadPods: { namespaces: unread.size, reason },
    }),
  };
}

interface ChangedNamespace {
  namespace: NamespaceObject;
  /** Only the policies whose rules change. */
  policies: JudgingPolicies;
}

function changedNamespaces({
  clusterId,
  capabilities,
  wanted,
  observed,
  inventory,
}: RefusedPodsRun): ChangedNamespace[] {
  const { pack = {}, version } = capabilities;
  const isThere = (name: string) =>
    Object.hasOwn(pack, name) && pack[name] === 'current';
  const uids = new Map(inventory.map(entry => [keyText(entry), entry.uid]));
  const namespaces = new Map(
    wanted.map(({ namespace }) => [namespace.metadata.name, namespace]),
  );
  return [...namespaces.values()].flatMap(namespace => {
    const actual = observed.objects.get(keyText(keyOf(namespace)));
    // The plan changes no namespace of others.
    if (!actual || !isOurs(actual, clusterId, uids)) {
      return [];
    }
    const changes = (item: Item) =>
      isThere(PACK_NAMES[item]) &&
      rulesOf(item, namespace) !== rulesOf(item, actual);
    const policies = {
      identity: changes('identity'),
      placement: changes('placement'),
      defaults: isThere(PACK_NAMES.defaults),
      strictGroups: isAtLeast(version, STRICT_GROUPS_SINCE) === true,
    };
    return policies.identity || policies.placement
      ? [{ namespace, policies }]
      : [];
  });
}

/** Returns the rules of a policy in a namespace as text. */
function rulesOf(item: Item, { metadata }: KubeObject): string {
  const { label, annotations } = RULES[item];
  return JSON.stringify([
    metadata.labels?.[label],
    annotations.map(key => metadata.annotations?.[key]),
  ]);
}

async function refusedIn(
  { namespace: { metadata }, policies }: ChangedNamespace,
  client: Pick<KubeClient, 'list'>,
  signal: AbortSignal,
): Promise<RefusedPods[]> {
  const found = new Map<Item, RefusedPods>();
  for await (const pod of client.list<Pod>(
    PODS,
    { namespace: metadata.name },
    { signal },
  )) {
    if (hasEnded(pod)) {
      continue;
    }
    for (const { item, why } of podRefusals(pod.spec, metadata, policies)) {
      const refused = found.get(item) ?? {
        namespace: metadata.name,
        item,
        pods: [],
        totalPods: 0,
      };
      found.set(item, refused);
      refused.totalPods += 1;
      if (refused.pods.length < MAX_PODS_OF_ONE) {
        refused.pods.push({ name: pod.metadata.name, why });
      }
    }
  }
  return [...found.values()];
}

interface Pod extends KubeObject {
  spec?: unknown;
  status?: { phase?: unknown } | null;
}

function hasEnded({ metadata, status }: Pod): boolean {
  return (
    metadata.deletionTimestamp !== undefined ||
    status?.phase === 'Succeeded' ||
    status?.phase === 'Failed'
  );
}

/** Sorts the namespaces, and leaves out the names of pods beyond a number that a person reads. */
function bounded(found: RefusedPods[]): RefusedPods[] {
  let left = MAX_PODS;
  return found
    .sort((a, b) => (textOf(a) < textOf(b) ? -1 : 1))
    .map(one => {
      const pods = one.pods.slice(0, left);
      left -= pods.length;
      return { ...one, pods };
    });
}

function textOf({ namespace, item }: RefusedPods): string {
  return `${namespace} ${item}`;
}

function reasonOf(error: unknown, signal: AbortSignal): string {
  return signal.aborted
    ? `Reading the pods took longer than ${DEADLINE_MS / 1_000} s`
    : toError(error).message;
}
