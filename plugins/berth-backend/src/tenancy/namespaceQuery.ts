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

/** Narrows a query of the table `namespaces` to what matches a filter. */
export function matchingNamespaces(filter: NamespaceFilter): Where {
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
      joinThoseOf(query, groups);
    }
    if (visibleTo) {
      query.where(isGrantedTo(visibleTo));
    }
    if (criteria) {
      query.where(matchesCriteria(criteria));
    }
  };
}

/**
 * The condition for rows of a table to be of one of some namespaces. Cluster by cluster, as PostgreSQL takes
 * longer to plan for pairs than to find what they name.
 */
export function whereNamespace(table: string, keys: NamespaceKey[]): Where {
  const names = new Map<string, string[]>();
  for (const { clusterId, name } of keys) {
    names.set(clusterId, [...(names.get(clusterId) ?? []), name]);
  }
  return query => {
    if (names.size === 0) {
      query.whereRaw('1 = 0');
    }
    for (const [clusterId, ofCluster] of names) {
      query.orWhere(part =>
        part
          .where(`${table}.cluster_id`, clusterId)
          .whereIn(`${table}.namespace`, ofCluster),
      );
    }
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

/**
 * Leaves what groups own or hold. As one set, as neither database finds its way with two conditions of which
 * either may hold; joined, as SQLite would look at every namespace to see whether it is in the set.
 */
function joinThoseOf(query: Knex.QueryBuilder, groups: string[]): void {
  query.join(
    subquery =>
      subquery
        .select('owned.cluster_id', 'owned.name')
        .from({ owned: 'namespaces' })
        .whereIn('owned.owner_ref', groups)
        .union(held =>
          held
            .select('cluster_id', 'namespace')
            .from('grants')
            .whereIn('group_ref', groups),
        )
        .as('of_groups'),
    join =>
      join
        .on('of_groups.cluster_id', 'namespaces.cluster_id')
        .andOn('of_groups.name', 'namespaces.name'),
  );
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
