import { KubeClient, KubeObject } from '@berth/plugin-berth-backend/src/kube';
import { differs } from '@berth/plugin-berth-backend/src/reconciler/drift';
import { keyOf } from '@berth/plugin-berth-backend/src/reconciler/keys';
import { KINDS } from '@berth/plugin-berth-backend/src/reconciler/kinds';

const DEADLINE_MS = 30_000;

/** What somebody does to an object, such as taking it away. */
export type Change = (client: KubeClient, wanted: KubeObject) => Promise<void>;

/**
 * Has an object changed behind Berth's back.
 *
 * @param wanted - as it is and should be
 * @param onDrift - called once when the change is seen
 * @returns milliseconds from the change until a watch tells that it is as it should be again
 * @throws what the signal is aborted with when that takes longer than half a minute
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

/** It is deleted. */
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

/** It says something else, as far as Kubernetes lets it be changed. */
export const alter: Change = async (client, wanted) => {
  const { kind } = keyOf(wanted);
  const other: Partial<Record<string, object>> = {
    RoleBinding: { subjects: [{ kind: 'User', name: 'mallory' }] },
    ResourceQuota: { spec: { hard: { pods: '1000' } } },
  };
  await client.apply(KINDS[kind].resource, { ...wanted, ...other[kind] });
};
