import { Where, whereCriteria } from './whereCriteria';
import { ClusterCondition, ClusterFilter } from '../model/clusters';

/** The condition, on the table `clusters`, for a cluster to match a filter. */
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
