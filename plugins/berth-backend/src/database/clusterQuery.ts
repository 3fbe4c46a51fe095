import { Where, whereCriteria } from './whereCriteria';
import { ClusterCondition, ClusterFilter } from '../model/clusters';

/** Builds the condition, on the table `clusters`, for the clusters that match a filter. */
export function matches({ criteria, ...condition }: ClusterFilter): Where {
  return query => {
    query.where(matchesCondition(condition));
    if (criteria) {
      query.where(whereCriteria(criteria, matchesCondition));
    }
  };
}

function matchesCondition({ names, sharedWith }: ClusterCondition): Where {
  return query => {
    if (names) {
      query.whereIn('clusters.name', names);
    }
    if (sharedWith) {
      query.whereIn('clusters.id', subquery =>
        subquery
          .select('cluster_id')
          .from('shares')
          .whereIn('group_ref', sharedWith),
      );
    }
  };
}
