import { KubeClient, ROLE_BINDINGS } from '../../kube';
import { ClusterRecord } from '../../model/clusters';
import { forEachBounded } from '../forEachBounded';
import { keyText } from '../keys';
import { InventoryEntry } from '../types';
import { FormerBinding, FormerBindings } from './DatabaseFormerBindings';

const CONCURRENCY = 8;

/**
 * Forgets the role bindings of people from deleted registrations that the cluster does not have any more, or that this
 * registration has in its inventory. Until then, a later user of the same name gets no token for the cluster.
 *
 * @param forgetMs - the time after the deletion of a registration during which a binding may still appear
 * @returns whether any are left
 */
export async function settleFormerBindings(
  formerBindings: FormerBindings,
  {
    cluster: { id, kubeSystemUid },
    client,
    forgetMs,
    inventory,
    signal,
  }: {
    cluster: Pick<ClusterRecord, 'id' | 'kubeSystemUid'>;
    client: KubeClient;
    forgetMs: number;
    inventory: InventoryEntry[];
    signal: AbortSignal;
  },
): Promise<boolean> {
  const remembered = await formerBindings.of(id);
  if (remembered.length === 0 || kubeSystemUid === undefined) {
    // What is gone on an unknown cluster may be there on the one that was deleted.
    return remembered.length > 0;
  }
  const own = new Set(
    inventory.filter(({ uid }) => uid !== undefined).map(keyText),
  );
  const settled: FormerBinding[] = [];
  const due = remembered.filter(
    ({ deletedAt }) => Date.now() - Date.parse(deletedAt) >= forgetMs,
  );
  await forEachBounded(due, CONCURRENCY, async binding => {
    const { namespace, name } = binding;
    if (own.has(keyText({ kind: 'RoleBinding', namespace, name }))) {
      settled.push(binding);
      return;
    }
    try {
      const key = { namespace, name };
      if (!(await client.get(ROLE_BINDINGS, key, { signal }))) {
        settled.push(binding);
      }
    } catch {
      // The next pass reads it again.
      signal.throwIfAborted();
    }
  });
  if (settled.length > 0) {
    await formerBindings.settle({ kubeSystemUid }, settled);
  }
  return settled.length < remembered.length;
}
