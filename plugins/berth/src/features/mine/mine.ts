import {
  Cluster,
  Grant,
  ManagedNamespace,
  NAMESPACE_ROLES,
  NamespaceRole,
} from '@berth/plugin-berth-common';
import { formatSort, parseSort, Sort } from '../../kit/list';
import { tightestOf } from '../../kit/quota';

/** A namespace of the caller, with its cluster if known. */
export interface MineRow {
  id: string;
  namespace: ManagedNamespace;
  cluster?: Cluster;
  /** The role of the caller in the caller's personal namespace, if it is the strongest. */
  own?: NamespaceRole;
  /** The grants of the caller's groups, the strongest role first. */
  grants: Grant[];
}

const SORT_COLUMNS = ['name', 'cluster', 'held', 'use'] as const;

type MineSortColumn = (typeof SORT_COLUMNS)[number];

/** The search, filters and order of the caller's namespaces. */
export interface MineQuery {
  search: string;
  /** Name of a cluster, empty for all. */
  cluster: string;
  sort: Sort<MineSortColumn>;
}

export const DEFAULT_QUERY: MineQuery = {
  search: '',
  cluster: '',
  sort: { column: 'name', direction: 'ascending' },
};

/** Reads a query from the URL; ignores invalid values. */
export function parseMineQuery(parameters: URLSearchParams): MineQuery {
  return {
    search: parameters.get('search') ?? '',
    cluster: parameters.get('cluster') ?? '',
    sort: parseSort(parameters, SORT_COLUMNS, DEFAULT_QUERY.sort),
  };
}

/** Writes a query for the URL, without default values. */
export function formatMineQuery(query: MineQuery): URLSearchParams {
  const { search, cluster, sort } = query;
  return new URLSearchParams({
    ...(search && { search }),
    ...(cluster && { cluster }),
    ...formatSort(sort, DEFAULT_QUERY.sort),
  });
}

/**
 * Joins namespaces with their clusters.
 *
 * @param holder - the groups whose roles to show, and the person whose personal namespaces to show as such
 */
export function rowsOf(
  namespaces: ManagedNamespace[],
  clusters: Cluster[],
  { groups, user }: { groups: string[]; user?: string },
): MineRow[] {
  const clusterOf = new Map(clusters.map(cluster => [cluster.name, cluster]));
  return namespaces.map(namespace => {
    const { personal } = namespace;
    const grants = namespace.grants
      .filter(({ group }) => groups.includes(group))
      .sort((a, b) => rankOf(a) - rankOf(b) || endOf(b) - endOf(a));
    const isOwn =
      personal !== undefined &&
      personal.user === user &&
      rankOf(personal) <= rankOf(grants[0]);
    return {
      id: `${namespace.cluster}/${namespace.name}`,
      namespace,
      cluster: clusterOf.get(namespace.cluster),
      ...(isOwn && { own: personal.role }),
      grants,
    };
  });
}

/** Returns the known clusters of some namespaces, each once. */
export function clustersOf(rows: MineRow[]): Cluster[] {
  const clusters = rows.flatMap(({ cluster }) => cluster ?? []);
  return [...new Map(clusters.map(one => [one.name, one])).values()];
}

/** Searches, filters and sorts the rows. */
export function selectRows(rows: MineRow[], query: MineQuery): MineRow[] {
  const term = query.search.trim().toLowerCase();
  const sign = query.sort.direction === 'descending' ? -1 : 1;
  return rows
    .filter(
      ({ namespace, cluster }) =>
        !query.cluster ||
        (cluster?.name ?? namespace.cluster) === query.cluster,
    )
    .filter(({ namespace, cluster }) =>
      [namespace.name, namespace.cluster, cluster?.title ?? ''].some(text =>
        text.toLowerCase().includes(term),
      ),
    )
    .sort(
      (a, b) =>
        sign * compare(a, b, query.sort.column) ||
        a.namespace.name.localeCompare(b.namespace.name) ||
        a.namespace.cluster.localeCompare(b.namespace.cluster),
    );
}

function compare(a: MineRow, b: MineRow, column: MineSortColumn): number {
  switch (column) {
    case 'cluster':
      return a.namespace.cluster.localeCompare(b.namespace.cluster);
    case 'held':
      return rankOf(strongest(a)) - rankOf(strongest(b));
    case 'use':
      return tightness(a) - tightness(b);
    default:
      return a.namespace.name.localeCompare(b.namespace.name);
  }
}

/** Returns the tightest usage of the quota; unknown usage counts as less than none. */
function tightness({ namespace: { quota } }: MineRow): number {
  return (quota && tightestOf(quota)?.fraction) ?? -1;
}

function strongest({ own, grants }: MineRow): Pick<Grant, 'role'> | undefined {
  return own ? { role: own } : grants[0];
}

function rankOf(grant: Pick<Grant, 'role'> | undefined): number {
  return grant ? NAMESPACE_ROLES.indexOf(grant.role) : NAMESPACE_ROLES.length;
}

function endOf({ expiresAt }: Grant): number {
  return expiresAt ? Date.parse(expiresAt) : Infinity;
}
