import { ManagedNamespace } from '@berth/plugin-berth-common';
import { VisibleNamespace } from '../../access/NamespaceAccess';
import { ShareStore } from '../../registry/types';
import { presentNamespace } from '../presentNamespace';
import { QuotaStore } from '../types';

/** Puts together what the API shows of namespaces that the caller may see. */
export async function presentAll(
  visible: VisibleNamespace[],
  { shares, quotas }: { shares: Pick<ShareStore, 'among'>; quotas: QuotaStore },
): Promise<ManagedNamespace[]> {
  const keys = visible.map(({ namespace }) => namespace);
  const [allQuotas, sharedWith] = await Promise.all([
    quotas.ofNamespaces(keys),
    groupsByCluster(visible, shares),
  ]);
  const quotaOf = new Map(
    allQuotas.map(quota => [`${quota.clusterId}/${quota.namespace}`, quota]),
  );
  return visible.map(({ cluster, namespace, grants }) =>
    presentNamespace({
      cluster: cluster.name,
      namespace,
      grants,
      quota: quotaOf.get(`${cluster.id}/${namespace.name}`),
      sharedWith: sharedWith.get(cluster.id) ?? new Set(),
    }),
  );
}

/** Of the groups that hold something there, those that each of the clusters is shared with. */
async function groupsByCluster(
  visible: VisibleNamespace[],
  shares: Pick<ShareStore, 'among'>,
): Promise<Map<string, Set<string>>> {
  const ids = [...new Set(visible.map(({ cluster }) => cluster.id))];
  const holders = visible.flatMap(({ grants }) =>
    grants.map(({ group }) => group),
  );
  const sharedWith = new Map(ids.map(id => [id, new Set<string>()]));
  const pairs = await shares.among(ids, [...new Set(holders)]);
  for (const { clusterId, group } of pairs) {
    sharedWith.get(clusterId)?.add(group);
  }
  return sharedWith;
}
