import { ProfileKind, ProfileSummary } from '@berth/plugin-berth-common';
import { ClusterRecord } from '../../../model/clusters';
import { itemsOf } from '../items/itemsOf';
import { kindProfiles } from '../profileOf';
import { Profile } from '../types';

/**
 * Describes the profiles of the configuration.
 *
 * @param written - the profiles as the configuration has them, in the same order
 * @param clusters - those that the caller may see
 */
export function profileSummaries(
  profiles: readonly Profile[],
  written: Record<string, unknown>[],
  clusters: Pick<ClusterRecord, 'name' | 'labels'>[],
): ProfileSummary[] {
  const uses = clusters.map(cluster => ({
    name: cluster.name,
    profiles: kindProfiles(profiles, cluster),
  }));
  return profiles.map((profile, index) => ({
    name: profile.name,
    for: profile.for ?? 'all',
    fields: itemsOf(profile, { features: [] }).map(({ item }) => item),
    clusters: uses.flatMap(({ name, profiles: used }) => {
      const kinds = (['personal', 'group'] as const).filter(
        (kind: ProfileKind) => used[kind] === profile,
      );
      return kinds.length > 0 ? [{ name, kinds }] : [];
    }),
    written: written[index],
  }));
}
