import { Cluster, ManagedNamespace } from '@berth/plugin-berth-common';

/** The clusters of some namespaces. */
export function namedClusters(
  clusters: Cluster[] = [],
  namespaces: ManagedNamespace[] = [],
): Cluster[] {
  const names = new Set(namespaces.map(({ cluster }) => cluster));
  return clusters.filter(({ name }) => names.has(name));
}
