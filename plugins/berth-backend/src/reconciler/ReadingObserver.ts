import { isKubeError, KubeClient, KubeObject } from '../kube';
import { forEachBounded } from './forEachBounded';
import { keyText, namespaceKey } from './keys';
import { KINDS } from './kinds';
import { concernsWholeCluster } from './problems';
import { ObjectKey, Observation, Observed, Observer } from './types';

const CONCURRENCY = 8;

/** From so many namespaces, a list of all namespaces of the cluster takes less time than reading each. */
const LISTED_NAMESPACES = 100;

/** Observes by reading each object on request, and many namespaces with one list. */
export class ReadingObserver implements Observer {
  async observe({ client, keys, signal }: Observation): Promise<Observed> {
    const objects = await listNamespaces(client, keys, signal);
    const failures = new Map<string, unknown>();
    const left = keys.filter(key => !objects.has(keyText(key)));
    await forEachBounded(left, CONCURRENCY, async key => {
      try {
        const object = await read(client, key, signal);
        if (object) {
          objects.set(keyText(key), object);
        }
      } catch (error) {
        // Reads involve no webhook, so if one takes too long, the others do too.
        if (concernsWholeCluster(error) || isKubeError(error, 'Timeout')) {
          throw error;
        }
        failures.set(keyText(key), error);
      }
    });
    return { objects, failures };
  }

  release(): void {}

  async stop(): Promise<void> {}
}

/** Lists the namespaces among the keys if they are many. What the list lacks is read on request, as is all if it fails. */
async function listNamespaces(
  client: KubeClient,
  keys: readonly ObjectKey[],
  signal: AbortSignal,
): Promise<Map<string, KubeObject>> {
  const found = new Map<string, KubeObject>();
  const asked = new Set(
    keys.filter(({ kind }) => kind === 'Namespace').map(keyText),
  );
  if (asked.size < LISTED_NAMESPACES) {
    return found;
  }
  try {
    const { resource } = KINDS.Namespace;
    for await (const one of client.list(resource, {}, { signal })) {
      const key = keyText(namespaceKey(one.metadata.name));
      if (asked.has(key)) {
        found.set(key, one);
      }
    }
  } catch (error) {
    if (concernsWholeCluster(error)) {
      throw error;
    }
  }
  return found;
}

/** Reads an object. Resolves with undefined if the object does not exist. */
export async function read(
  client: KubeClient,
  { kind, name, namespace }: ObjectKey,
  signal: AbortSignal,
): Promise<KubeObject | undefined> {
  return client.get(KINDS[kind].resource, { name, namespace }, { signal });
}
