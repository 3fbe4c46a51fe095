import { ClusterRecord } from '../../model/clusters';
import { KindProfiles, NamespaceKind, Profile } from './types';

type Cluster = Pick<ClusterRecord, 'name' | 'labels'>;

/** Returns the first profile that matches a cluster and a kind of namespaces; undefined if none does. */
export function profileOf(
  profiles: readonly Profile[],
  { name, labels = {} }: Cluster,
  kind: NamespaceKind,
): Profile | undefined {
  return profiles.find(
    ({ for: kinds = 'all', clusters, clusterLabels = {} }) =>
      (kinds === 'all' || kinds === kind) &&
      (!clusters || clusters.includes(name)) &&
      Object.entries(clusterLabels).every(
        ([key, value]) => Object.hasOwn(labels, key) && labels[key] === value,
      ),
  );
}

/** Returns the profile of each kind of namespaces on a cluster. */
export function kindProfiles(
  profiles: readonly Profile[],
  cluster: Cluster,
): KindProfiles {
  const personal = profileOf(profiles, cluster, 'personal');
  const group = profileOf(profiles, cluster, 'group');
  return { ...(personal && { personal }), ...(group && { group }) };
}
