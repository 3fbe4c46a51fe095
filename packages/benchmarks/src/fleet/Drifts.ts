import { differs, keyOf, KINDS, KubeClient, KubeObject } from '../backend';

const DEADLINE_MS = 30_000;

/** A change that someone else makes to an object, such as deleting it. */
export type Change = (client: KubeClient, wanted: KubeObject) => Promise<void>;

/**
 * Changes an object without Berth.
 *
 * @param wanted - the object in its desired state, which is also its state before
 * @param onDrift - called once when the change is seen
 * @returns milliseconds from the change until a watch reports the desired state again
 * @throws the reason of the signal if that takes longer than half a minute
 */
export async function timeRepair(
  client: KubeClient,
  wanted: KubeObject,
  change: Change,
  onDrift: () => Promise<void> = async () => {},
): Promise<number> {
  const { resource } = KINDS[keyOf(wanted).kind];
  const { name, namespace } = wanted.metadata;
  const signal = AbortSignal.timeout(DEADLINE_MS);
  let resourceVersion = '';
  for await (const page of client.pages(resource, { namespace }, { signal })) {
    resourceVersion = page.resourceVersion;
  }
  const events = await client.watch(
    resource,
    { namespace, resourceVersion },
    { signal },
  );
  const began = performance.now();
  const changing = change(client, wanted);
  let repairing: Promise<void> | undefined;
  for await (const event of events) {
    if (event.type === 'BOOKMARK' || event.object.metadata.name !== name) {
      continue;
    }
    if (event.type === 'DELETED' || differs(wanted, event.object)) {
      repairing ??= onDrift();
    } else {
      const took = performance.now() - began;
      await Promise.all([changing, repairing]);
      return took;
    }
  }
  throw new Error(`The watch of ${namespace}/${name} ended`);
}

/** Deletes the object. */
export const remove: Change = async (client, wanted) => {
  const { resource } = KINDS[keyOf(wanted).kind];
  const { name, namespace } = wanted.metadata;
  const found = await client.get(resource, { name, namespace });
  await client.delete(
    resource,
    { name, namespace },
    { uid: found?.metadata.uid ?? '' },
  );
};

/** Alters the object, as far as Kubernetes allows. */
export const alter: Change = async (client, wanted) => {
  const { kind } = keyOf(wanted);
  const other: Partial<Record<string, object>> = {
    RoleBinding: { subjects: [{ kind: 'User', name: 'mallory' }] },
    ResourceQuota: { spec: { hard: { pods: '1000' } } },
  };
  await client.apply(KINDS[kind].resource, { ...wanted, ...other[kind] });
};
