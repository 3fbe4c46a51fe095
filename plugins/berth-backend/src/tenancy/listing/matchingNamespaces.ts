import { Knex } from 'knex';
import { Where, whereCriteria } from '../../database/whereCriteria';
import { matches as matchesCluster } from '../../database/clusterQuery';
import { ClusterFilter } from '../../model/clusters';
import { NamespaceCondition, NamespaceFilter } from '../../model/tenancy';

type Query = Knex.QueryBuilder;

/**
 * The namespaces that match a filter, as a table called `namespaces`. Where `needsKeysOnly` says so, it has the
 * columns of the key alone: who holds what tells those, and the namespaces themselves are not looked at.
 */
export function matchingNamespaces(knex: Knex, filter: NamespaceFilter): Query {
  const { groups, owners, visibleTo } = filter;
  const sets = [
    ...(visibleTo ? [grantedToGroups(knex, visibleTo)] : []),
    ...(groups || owners ? [ofGroups(knex, groups ?? [], owners)] : []),
  ];
  const source = needsKeysOnly(filter)
    ? sets.shift()!.as('namespaces')
    : 'namespaces';
  const query = knex.from(source).where(matches(filter));
  sets.forEach((set, index) => intersect(query, set, `set_${index}`));
  return query;
}

/** Whether a filter and its order speak of nothing but who holds what, clusters and names. */
export function needsKeysOnly(filter: NamespaceFilter): boolean {
  const { criteria, groups, orderBy = 'name', phase } = filter;
  const asksWhoHolds = [groups, filter.owners, filter.visibleTo].some(
    given => given !== undefined,
  );
  return asksWhoHolds && !phase && !criteria && orderBy === 'name';
}

function matches(filter: NamespaceFilter): Where {
  const { clusterIds, clusters, criteria, phase, search, unbounded } = filter;
  return query => {
    if (clusterIds) {
      query.whereIn('namespaces.cluster_id', clusterIds);
    }
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
    if (criteria) {
      query.where(whereCriteria(criteria, matchesCondition));
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
      query.whereIn(['namespaces.cluster_id', 'namespaces.name'], subquery =>
        subquery
          .select('cluster_id', 'namespace')
          .from('grants')
          .whereIn('group_ref', grantedTo),
      );
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

/** The keys of what groups hold. */
function grantedToGroups(knex: Knex, groups: string[]): Query {
  return knex('grants')
    .distinct('cluster_id', 'namespace as name')
    .whereIn('group_ref', groups);
}

/** The keys of what groups own or hold, and of what others own. */
function ofGroups(knex: Knex, groups: string[], owners: string[] = []): Query {
  return knex
    .select('owned.cluster_id', 'owned.name')
    .from({ owned: 'namespaces' })
    .whereIn('owned.owner_ref', [...groups, ...owners])
    .union(grantedToGroups(knex, groups));
}

/** Joined, as SQLite would otherwise look at every namespace to see whether it is in the set. */
function intersect(query: Query, set: Query, alias: string): void {
  query.join(set.as(alias), join =>
    join
      .on(`${alias}.cluster_id`, 'namespaces.cluster_id')
      .andOn(`${alias}.name`, 'namespaces.name'),
  );
}
