import { Cluster, ClusterState, Quantity } from '@berth/plugin-berth-common';
import { PAGE_SIZES } from '../../../kit/list/pagination';

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

/** What a person wants to see of the clusters. */
export interface ClusterQuery {
  search: string;
  state: ClusterStateFilter;
  sort: { column: ClusterSortColumn; direction: 'ascending' | 'descending' };
  /** From 1. */
  page: number;
  pageSize: number;
}

export const DEFAULT_QUERY: ClusterQuery = {
  search: '',
  state: 'all',
  sort: { column: 'state', direction: 'ascending' },
  page: 1,
  pageSize: PAGE_SIZES[0],
};

/** Reads a query from the URL; what makes no sense there is as if it were absent. */
export function parseClusterQuery(parameters: URLSearchParams): ClusterQuery {
  const sort = parameters.get('sort') ?? '';
  const column = SORT_COLUMNS.find(name => name === sort.replace(/^-/, ''));
  const state = parameters.get('state');
  const pageSize = Number(parameters.get('size'));
  const page = Number(parameters.get('page'));
  return {
    search: parameters.get('search') ?? '',
    state:
      (['problem', ...CLUSTER_STATES] as const).find(name => name === state) ??
      'all',
    sort: column
      ? { column, direction: sort.startsWith('-') ? 'descending' : 'ascending' }
      : DEFAULT_QUERY.sort,
    page: Number.isInteger(page) && page > 0 ? page : 1,
    pageSize: PAGE_SIZES.includes(pageSize) ? pageSize : DEFAULT_QUERY.pageSize,
  };
}

/** Writes a query for the URL, leaving out what is as by default. */
export function formatClusterQuery(query: ClusterQuery): URLSearchParams {
  const parameters = new URLSearchParams();
  const sign = query.sort.direction === 'descending' ? '-' : '';
  const values = {
    search: query.search,
    state: query.state === 'all' ? '' : query.state,
    sort:
      query.sort.column === 'state' && !sign
        ? ''
        : `${sign}${query.sort.column}`,
    page: query.page === 1 ? '' : String(query.page),
    size:
      query.pageSize === DEFAULT_QUERY.pageSize ? '' : String(query.pageSize),
  };
  for (const [name, value] of Object.entries(values)) {
    if (value) {
      parameters.set(name, value);
    }
  }
  return parameters;
}

/** One page of clusters. */
export interface ClusterSelection {
  items: Cluster[];
  /** How many match on all pages. */
  totalItems: number;
  /** Index of the page's first item among those that match. */
  offset: number;
}

/** Searches, filters, sorts and cuts. */
export function selectClusters(
  clusters: Cluster[],
  query: ClusterQuery,
): ClusterSelection {
  const matching = clusters
    .filter(cluster => matchesState(cluster, query.state))
    .filter(cluster => matchesSearch(cluster, query.search))
    .sort(comparatorOf(query));
  const lastPage = Math.max(1, Math.ceil(matching.length / query.pageSize));
  const offset = (Math.min(query.page, lastPage) - 1) * query.pageSize;
  return {
    items: matching.slice(offset, offset + query.pageSize),
    totalItems: matching.length,
    offset,
  };
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

/** Unknown values come last in either direction; equal ones are in order of their names. */
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
