import { PermissionCriteria } from '@backstage/plugin-permission-common';
import {
  isAndCriteria,
  isNotCriteria,
  isOrCriteria,
} from '@backstage/plugin-permission-node';
import { Knex } from 'knex';
import { matches as matchesCluster } from '../registry/clusterQuery';
import { ClusterFilter } from '../registry/types';
import { NamespaceCondition, NamespaceFilter, NamespaceKey } from './types';

type Where = (query: Knex.QueryBuilder) => void;

/** The condition, on the table `namespaces`, for a namespace to match a filter. */
export function matchesNamespace(filter: NamespaceFilter): Where {
  const { clusters, groups, search, phase, unbounded, visibleTo, criteria } =
    filter;
  return query => {
    if (clusters) {
      query.where(isOnCluster(clusters));
    }
    if (search) {
      query.whereRaw("namespaces.name like ? escape '\\'", [
        `%${search.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`,
      ]);
    }
    if (phase) {
      query.where('namespaces.phase', phase);
    }
    if (unbounded) {
      query.whereNotExists(subquery =>
        subquery
          .from('quotas')
          .whereRaw('quotas.cluster_id = namespaces.cluster_id')
          .whereRaw('quotas.namespace = namespaces.name'),
      );
    }
    if (groups) {
      query.where(isOf(groups));
    }
    if (visibleTo) {
      query.where(isGrantedTo(visibleTo));
    }
    if (criteria) {
      query.where(matchesCriteria(criteria));
    }
  };
}

/** The condition for rows of a table to be of one of some namespaces. */
export function whereNamespace(table: string, keys: NamespaceKey[]): Where {
  return query => {
    query.whereIn(
      [`${table}.cluster_id`, `${table}.namespace`],
      keys.map(({ clusterId, name }) => [clusterId, name]),
    );
  };
}

function matchesCriteria(
  criteria: PermissionCriteria<NamespaceCondition>,
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

function matchesCondition(condition: NamespaceCondition): Where {
  const { clusters, ownedBy, grantedTo } = condition;
  return query => {
    if (clusters) {
      query.where(isOnCluster({ names: clusters }));
    }
    if (ownedBy) {
      query.whereIn('namespaces.owner_ref', ownedBy);
    }
    if (grantedTo) {
      query.where(isGrantedTo(grantedTo));
    }
  };
}

function isOnCluster(filter: ClusterFilter): Where {
  return query => {
    query.whereIn('namespaces.cluster_id', subquery =>
      subquery.select('id').from('clusters').where(matchesCluster(filter)),
    );
  };
}

/** As one set, as neither database finds its way with two conditions of which either may hold. */
function isOf(groups: string[]): Where {
  return query => {
    query.whereIn(['namespaces.cluster_id', 'namespaces.name'], subquery =>
      subquery
        .select('owned.cluster_id', 'owned.name')
        .from({ owned: 'namespaces' })
        .whereIn('owned.owner_ref', groups)
        .union(held =>
          held
            .select('cluster_id', 'namespace')
            .from('grants')
            .whereIn('group_ref', groups),
        ),
    );
  };
}

function isGrantedTo(groups: string[]): Where {
  return query => {
    query.whereIn(['namespaces.cluster_id', 'namespaces.name'], subquery =>
      subquery
        .select('cluster_id', 'namespace')
        .from('grants')
        .whereIn('group_ref', groups),
    );
  };
}
