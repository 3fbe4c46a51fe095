import { ClusterRecord } from '../../model/clusters';
import { Profile } from './types';

/** Returns the first profile that matches a cluster; undefined if none does. */
export function profileOf(
  profiles: readonly Profile[],
  { name, labels = {} }: Pick<ClusterRecord, 'name' | 'labels'>,
): Profile | undefined {
  return profiles.find(
    ({ clusters, clusterLabels = {} }) =>
      (!clusters || clusters.includes(name)) &&
      Object.entries(clusterLabels).every(
        ([key, value]) => Object.hasOwn(labels, key) && labels[key] === value,
      ),
  );
}
