import { ClusterStore } from '../model/clusters';
import {
  GrantStore,
  GrantWithShare,
  ListedNamespace,
  NamespaceRecord,
  PersonalNamespaceStore,
  QuotaStore,
} from '../model/tenancy';

export interface DescribeStores {
  clusters: Pick<ClusterStore, 'namesOf' | 'nextTriesOf'>;
  grants: Pick<GrantStore, 'listByNamespaces'>;
  personal: Pick<PersonalNamespaceStore, 'listByNamespaces'>;
  quotas: Pick<QuotaStore, 'listByNamespaces'>;
}

/** Adds clusters, grants, quotas and the owners of personal namespaces to namespaces. Omits namespaces whose cluster was deleted meanwhile. */
export async function describeNamespaces(
  namespaces: NamespaceRecord[],
  stores: DescribeStores,
): Promise<ListedNamespace[]> {
  const { clusters } = stores;
  const ofPeople = namespaces.filter(({ origin }) => origin === 'personal');
  const [names, grants, quotas, people] = await Promise.all([
    clusters.namesOf([...new Set(namespaces.map(of => of.clusterId))]),
    stores.grants.listByNamespaces(namespaces),
    stores.quotas.listByNamespaces(namespaces),
    ofPeople.length > 0 ? stores.personal.listByNamespaces(ofPeople) : [],
  ]);
  const failed = [...namespaces, ...grants, ...quotas]
    .filter(({ state }) => state === 'Failed')
    .map(({ clusterId }) => clusterId);
  const nextTries: Map<string, string> =
    failed.length > 0
      ? await clusters.nextTriesOf([...new Set(failed)])
      : new Map();
  const grantsIn = byNamespace(grants);
  const quotaOf = new Map(
    quotas.map(quota => [idOf(quota.clusterId, quota.namespace), quota]),
  );
  const personOf = new Map(
    people.map(person => [idOf(person.clusterId, person.name), person]),
  );
  return namespaces.flatMap(namespace => {
    const { clusterId: id, name } = namespace;
    const cluster = names.get(id);
    return cluster === undefined
      ? []
      : [
          {
            cluster: { id, name: cluster, nextTryAt: nextTries.get(id) },
            namespace,
            grants: grantsIn.get(idOf(id, name)) ?? [],
            quota: quotaOf.get(idOf(id, name)),
            personal: personOf.get(idOf(id, name)),
          },
        ];
  });
}

function byNamespace(grants: GrantWithShare[]): Map<string, GrantWithShare[]> {
  const result = new Map<string, GrantWithShare[]>();
  for (const grant of grants) {
    const id = idOf(grant.clusterId, grant.namespace);
    const others = result.get(id);
    if (others) {
      others.push(grant);
    } else {
      result.set(id, [grant]);
    }
  }
  return result;
}

function idOf(clusterId: string, namespace: string): string {
  return `${clusterId}/${namespace}`;
}
