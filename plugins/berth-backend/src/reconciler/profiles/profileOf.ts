import { ClusterRecord } from '../../registry/types';
import { Profile } from './types';

/** The first profile that is for a cluster; undefined where none is. */
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
