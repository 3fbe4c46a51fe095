import {
  isKubeError,
  KubeClient,
  KubeObject,
  NAMESPACES,
  ROLE_BINDINGS,
} from '../kube';
import { forEachBounded } from './forEachBounded';
import { keyText } from './keys';
import { concernsWholeCluster } from './problems';
import { ObjectKey, Observed, Observer } from './types';

const CONCURRENCY = 8;

/** Observes by reading each object when asked. */
export class ReadingObserver implements Observer {
  async observe(
    client: KubeClient,
    keys: ObjectKey[],
    signal: AbortSignal,
  ): Promise<Observed> {
    const objects = new Map<string, KubeObject>();
    const failures = new Map<string, unknown>();
    await forEachBounded(keys, CONCURRENCY, async key => {
      try {
        const object = await read(client, key, signal);
        if (object) {
          objects.set(keyText(key), object);
        }
      } catch (error) {
        // Reads need no webhook, so where one takes too long, the others do too.
        if (concernsWholeCluster(error) || isKubeError(error, 'Timeout')) {
          throw error;
        }
        failures.set(keyText(key), error);
      }
    });
    return { objects, failures };
  }
}

/** Resolves with undefined where there is no such object. */
export async function read(
  client: KubeClient,
  key: ObjectKey,
  signal: AbortSignal,
): Promise<KubeObject | undefined> {
  return key.kind === 'Namespace'
    ? client.get(NAMESPACES, { name: key.name }, { signal })
    : client.get(
        ROLE_BINDINGS,
        { name: key.name, namespace: key.namespace },
        { signal },
      );
}
