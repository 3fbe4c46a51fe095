import { isKubeError, KubeClient, KubeObject } from '../kube';
import { forEachBounded } from './forEachBounded';
import { keyText } from './keys';
import { KINDS } from './kinds';
import { concernsWholeCluster } from './problems';
import { ObjectKey, Observation, Observed, Observer } from './types';

const CONCURRENCY = 8;

/** Observes by reading each object on request. */
export class ReadingObserver implements Observer {
  async observe({ client, keys, signal }: Observation): Promise<Observed> {
    const objects = new Map<string, KubeObject>();
    const failures = new Map<string, unknown>();
    await forEachBounded(keys, CONCURRENCY, async key => {
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

/** Reads an object. Resolves with undefined if the object does not exist. */
export async function read(
  client: KubeClient,
  { kind, name, namespace }: ObjectKey,
  signal: AbortSignal,
): Promise<KubeObject | undefined> {
  return client.get(KINDS[kind].resource, { name, namespace }, { signal });
}
