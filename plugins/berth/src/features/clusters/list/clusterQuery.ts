import { Cluster, ClusterState, Quantity } from '@berth/plugin-berth-common';
import {
  FIRST_PAGE,
  ListPage,
  Paging,
  Sort,
  formatPaging,
  formatSort,
  pageOf,
  parsePaging,
  parseSort,
} from '../../../kit/list';

export const CLUSTER_STATES = [
  'Unreachable',
  'Untrusted',
  'Unauthorized',
  'Forbidden',
  'Pending',
  'Connected',
] as const satisfies readonly ClusterState[];

const SORT_COLUMNS = [
  'state',
  'name',
  'version',
  'nodes',
  'cpu',
  'memory',
  'gpus',
  'lastSeen',
] as const;

export type ClusterSortColumn = (typeof SORT_COLUMNS)[number];

/** `all`, `problem` (neither connected nor pending), or one state. */
export type ClusterStateFilter = 'all' | 'problem' | ClusterState;

/** The search, filters, order and page of the list. */
export interface ClusterQuery extends Paging {
  search: string;
  state: ClusterStateFilter;
  /** Entity ref of a group that the cluster is shared with; empty for any. */
  group: string;
  /** A label as `key=value`; empty for any. */
  label: string;
  sort: Sort<ClusterSortColumn>;
}

export const DEFAULT_QUERY: ClusterQuery = {
  search: '',
  state: 'all',
  group: '',
  label: '',
  sort: { column: 'state', direction: 'ascending' },
  ...FIRST_PAGE,
};

/** Reads a query from the URL; ignores invalid values. */
export function parseClusterQuery(parameters: URLSearchParams): ClusterQuery {
  const state = parameters.get('state');
  return {
    search: parameters.get('search') ?? '',
    state:
      (['problem', ...CLUSTER_STATES] as const).find(name => name === state) ??
      'all',
    group: parameters.get('group') ?? '',
    label: parameters.get('label') ?? '',
    sort: parseSort(parameters, SORT_COLUMNS, DEFAULT_QUERY.sort),
    ...parsePaging(parameters),
  };
}

/** Writes a query for the URL, without default values. */
export function formatClusterQuery(query: ClusterQuery): URLSearchParams {
  const { search, state, group, label, sort } = query;
  return new URLSearchParams({
    ...(search && { search }),
    ...(state !== 'all' && { state }),
    ...(group && { group }),
    ...(label && { label }),
    ...formatSort(sort, DEFAULT_QUERY.sort),
    ...formatPaging(query),
  });
}

/** Searches, filters, sorts and pages the clusters. */
export function selectClusters(
  clusters: Cluster[],
  query: ClusterQuery,
): ListPage<Cluster> {
  const matching = clusters
    .filter(cluster => matchesState(cluster, query.state))
    .filter(cluster => matchesSearch(cluster, query.search))
    .filter(({ shares }) =>
      isIn(
        shares.map(share => share.group),
        query.group,
      ),
    )
    .filter(cluster => isIn(labelsOf(cluster), query.label))
    .sort(comparatorOf(query));
  return pageOf(matching, query);
}

/** Returns the labels of a cluster as `key=value`. */
export function labelsOf({ labels = {} }: Cluster): string[] {
  return Object.entries(labels).map(([key, value]) => `${key}=${value}`);
}

function isIn(values: string[], wanted: string): boolean {
  return wanted === '' || values.includes(wanted);
}

function matchesState(cluster: Cluster, filter: ClusterStateFilter): boolean {
  const { state } = cluster.status;
  if (filter === 'problem') {
    return state !== 'Connected' && state !== 'Pending';
  }
  return filter === 'all' || state === filter;
}

function matchesSearch(cluster: Cluster, search: string): boolean {
  const term = search.trim().toLowerCase();
  return [cluster.name, cluster.title ?? ''].some(text =>
    text.toLowerCase().includes(term),
  );
}

type SortValue = string | number | undefined;

const SORT_VALUES: Record<ClusterSortColumn, (cluster: Cluster) => SortValue> =
  {
    state: ({ status, shares }) =>
      CLUSTER_STATES.indexOf(status.state) * 2 +
      (shares.some(share => share.state === 'Failed') ? 0 : 1),
    name: ({ name }) => name,
    version: ({ status }) => status.version,
    nodes: ({ status }) => status.nodes,
    cpu: ({ status }) => amountOf(status.cpu),
    memory: ({ status }) => amountOf(status.memory),
    gpus: ({ status }) => status.gpus,
    lastSeen: ({ status }) => status.lastSeenAt,
  };

function amountOf(quantity: string | undefined): number | undefined {
  return quantity === undefined
    ? undefined
    : Quantity.parse(quantity).toNumber();
}

/** Compares clusters. Unknown values come last in either direction; equal values are ordered by name. */
function comparatorOf({ sort }: ClusterQuery) {
  const valueOf = SORT_VALUES[sort.column];
  const sign = sort.direction === 'descending' ? -1 : 1;
  return (left: Cluster, right: Cluster): number => {
    const a = valueOf(left);
    const b = valueOf(right);
    if (a === undefined || b === undefined) {
      return (
        Number(a === undefined) - Number(b === undefined) ||
        compare(left.name, right.name)
      );
    }
    return sign * compare(a, b) || compare(left.name, right.name);
  };
}

function compare(a: string | number, b: string | number): number {
  if (typeof a === 'string' && typeof b === 'string') {
    return a.localeCompare(b, 'en', { numeric: true });
  }
  return Number(a) - Number(b);
}
