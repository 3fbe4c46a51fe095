import { Knex } from 'knex';
import { Where, whereCriteria } from '../../database/whereCriteria';
import { matches as matchesCluster } from '../../database/clusterQuery';
import { ClusterFilter } from '../../model/clusters';
import { NamespaceCondition, NamespaceFilter } from '../../model/tenancy';

type Query = Knex.QueryBuilder;

/**
 * Selects the namespaces that match a filter, as a table called `namespaces`. If `needsKeysOnly` returns true, the
 * table has only the key columns: they come from owners and grants, and the rest of each namespace is not read.
 */
export function matchingNamespaces(knex: Knex, filter: NamespaceFilter): Query {
  const { groups, owners, visibleTo, visibleToUser } = filter;
  const sets = [
    ...(visibleTo ? [visibleSet(knex, visibleTo, visibleToUser)] : []),
    ...(groups || owners ? [ofGroups(knex, groups ?? [], owners)] : []),
  ];
  const source = needsKeysOnly(filter)
    ? sets.shift()!.as('namespaces')
    : 'namespaces';
  const query = knex.from(source).where(matches(filter));
  sets.forEach((set, index) => intersect(query, set, `set_${index}`));
  return query;
}

/** Returns whether a filter and its order use only owners, grants, clusters and names. */
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
          .whereIn('group_ref', grantedTo)
          .union(personal =>
            personal
              .select('cluster_id', 'namespace')
              .from('personal_namespaces')
              .whereIn('user_ref', grantedTo),
          ),
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

/** The keys of the namespaces in which groups have a grant. */
function grantedToGroups(knex: Knex, groups: string[]): Query {
  return knex('grants')
    .distinct('cluster_id', 'namespace as name')
    .whereIn('group_ref', groups);
}

/** The keys of the namespaces in which groups have a grant, and of the personal ones of a user. */
function visibleSet(
  knex: Knex,
  groups: string[],
  person: NamespaceFilter['visibleToUser'],
): Query {
  const granted = grantedToGroups(knex, groups);
  return person
    ? granted.union(
        knex('personal_namespaces')
          .select('cluster_id', 'namespace as name')
          .where({ user_ref: person.user, user_uid: person.userUid }),
      )
    : granted;
}

/** The keys of the namespaces that groups own or have a grant in, and of those that `owners` own. */
function ofGroups(knex: Knex, groups: string[], owners: string[] = []): Query {
  return knex
    .select('owned.cluster_id', 'owned.name')
    .from({ owned: 'namespaces' })
    .whereIn('owned.owner_ref', [...groups, ...owners])
    .union(grantedToGroups(knex, groups));
}

/** Joins the set, because SQLite would otherwise check every namespace for membership. */
function intersect(query: Query, set: Query, alias: string): void {
  query.join(set.as(alias), join =>
    join
      .on(`${alias}.cluster_id`, 'namespaces.cluster_id')
      .andOn(`${alias}.name`, 'namespaces.name'),
  );
}
