import { KubeClient, KubeKey, KubeObject, NAMESPACES } from '../../kube';
import { MANAGED_BY } from '../../model/managedBy';
import { ownLabels } from '../desired';
import { includesAll } from '../drift';
import { forEachBounded } from '../forEachBounded';
import { keyOf, keyText, namespaceKey } from '../keys';
import { KINDS, WATCHED_KINDS } from '../kinds';
import { read } from '../ReadingObserver';
import { ObjectKey, ObjectKind, Observation } from '../types';
import { LeftoverCandidate } from './classifyLeftover';

const CONCURRENCY = 8;

/**
 * The number of objects that one pass reads. A person can label any number of objects; the next pass reads
 * others.
 */
const MAX_READ = 100;

/** More than a person reads. */
const MAX_LISTED = 1_000;

type Known = Pick<Observation, 'keys' | 'wanted' | 'inventory'>;

/** All kinds that Berth watches, without namespaces, which it never deletes. */
const KINDS_WITHIN = WATCHED_KINDS.filter(kind => kind !== 'Namespace');

/** Returns the keys of the objects with our labels that nobody asked for, of those that the watches know. */
export function leftoverKeys(
  known: Known,
  reflectors: {
    of(kind: ObjectKind): { state: string; keys(): Iterable<KubeKey> };
  },
): ObjectKey[] {
  const asked = textsOf(known);
  return KINDS_WITHIN.flatMap(kind => {
    const reflector = reflectors.of(kind);
    return reflector.state === 'synced'
      ? [...reflector.keys()].flatMap(({ name, namespace = '' }) => {
          const key = { kind, namespace, name };
          return asked.has(keyText(key)) ? [] : [key];
        })
      : [];
  });
}

/** Reads some of the objects. What cannot be read is left for the next pass. */
export async function readLeftovers(
  { client, signal, ...known }: Observation,
  keys: ObjectKey[],
): Promise<LeftoverCandidate[]> {
  const some = sample(keys, MAX_READ);
  const namespaces = ourNamespaces(known);
  const found: LeftoverCandidate[] = [];
  await forEachBounded(some, CONCURRENCY, async key => {
    try {
      const object = await read(client, key, signal);
      if (object) {
        const inOurNamespace =
          namespaces.has(key.namespace) ||
          isManaged(await read(client, namespaceKey(key.namespace), signal));
        found.push({ object, inOurNamespace });
      }
    } catch {
      signal.throwIfAborted();
    }
  });
  return found;
}

/** Lists all objects with our labels that nobody asked for, as the cluster has them now. */
export async function listLeftovers(
  client: KubeClient,
  known: Known & { cluster: { id: string } },
  signal: AbortSignal,
  limit = MAX_LISTED,
): Promise<LeftoverCandidate[]> {
  const asked = textsOf(known);
  const selection = { labelSelector: labelSelector(known.cluster.id) };
  /** By `keyText`, because a list may begin again. */
  const found = new Map<string, KubeObject>();
  for (const kind of KINDS_WITHIN) {
    const { resource } = KINDS[kind];
    for await (const page of client.pages(resource, selection, { signal })) {
      for (const object of page.items) {
        const text = keyText(keyOf(object));
        if (!asked.has(text)) {
          found.set(text, object);
        }
      }
      if (found.size >= limit) {
        break;
      }
    }
  }
  if (found.size === 0) {
    return [];
  }
  const namespaces = ourNamespaces(known);
  const managed = { labelSelector: `${MANAGED_BY.label}=${MANAGED_BY.value}` };
  for await (const page of client.pages(NAMESPACES, managed, { signal })) {
    page.items.forEach(({ metadata }) => namespaces.add(metadata.name));
  }
  return [...found.values()].map(object => ({
    object,
    inOurNamespace: namespaces.has(object.metadata.namespace ?? ''),
  }));
}

function labelSelector(clusterId: string): string {
  return Object.entries(ownLabels(clusterId))
    .map(([key, value]) => `${key}=${value}`)
    .join(',');
}

function isManaged(namespace: KubeObject | undefined): boolean {
  return includesAll(namespace?.metadata.labels, {
    [MANAGED_BY.label]: MANAGED_BY.value,
  });
}

function textsOf({ keys, wanted, inventory }: Known): ReadonlySet<string> {
  return new Set([
    ...keys.map(keyText),
    ...wanted.map(object => keyText(keyOf(object))),
    ...inventory.map(keyText),
  ]);
}

/** Returns the namespaces that the portal wants or has made. */
function ourNamespaces({ wanted, inventory }: Omit<Known, 'keys'>) {
  return new Set([
    ...wanted
      .filter(({ kind }) => kind === 'Namespace')
      .map(({ metadata }) => metadata.name),
    ...inventory
      .filter(({ kind }) => kind === 'Namespace')
      .map(({ name }) => name),
  ]);
}

/** Returns random items, so that many irrelevant objects do not hide a relevant one for long. */
function sample<T>(items: T[], count: number): T[] {
  return items.length <= count
    ? items
    : items
        .map(item => ({ item, place: Math.random() }))
        .sort((one, other) => one.place - other.place)
        .slice(0, count)
        .map(({ item }) => item);
}
