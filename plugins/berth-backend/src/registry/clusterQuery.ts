import { PermissionCriteria } from '@backstage/plugin-permission-common';
import {
  isAndCriteria,
  isNotCriteria,
  isOrCriteria,
} from '@backstage/plugin-permission-node';
import { Knex } from 'knex';
import { ClusterCondition, ClusterFilter } from './types';

type Where = (query: Knex.QueryBuilder) => void;

/** The condition, on the table `clusters`, for a cluster to match a filter. */
export function matches({ criteria, ids, ...condition }: ClusterFilter): Where {
  return query => {
    if (ids) {
      query.whereIn('clusters.id', ids);
    }
    query.where(matchesCondition(condition));
    if (criteria) {
      query.where(matchesCriteria(criteria));
    }
  };
}

function matchesCriteria(
  criteria: PermissionCriteria<ClusterCondition>,
): Where {
  return query => {
    if (isAndCriteria(criteria)) {
      criteria.allOf.forEach(part => query.where(matchesCriteria(part)));
    } else if (isOrCriteria(criteria)) {
      criteria.anyOf.forEach(part => query.orWhere(matchesCriteria(part)));
    } else if (isNotCriteria(criteria)) {
      query.whereNot(matchesCriteria(criteria.not));
    } else {
      query.where(matchesCondition(criteria));
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
