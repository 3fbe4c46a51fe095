import { Sort } from '../../kit/list';

/** What a list of objects shows; empty values match all. */
export interface ResourcesQuery {
  /** Such as `apps/deployments`; empty for the first kind of the tab. */
  kind: string;
  search: string;
  clusters: string[];
  namespaces: string[];
  /** A word about the state, or `PROBLEMS`. */
  status: string;
  /** A label selector. */
  labels: string;
  /** Rows with a problem come first by default. */
  sort?: Sort;
  /** The columns that are shown although Kubernetes shows them on demand only. */
  columns: string[];
}

export const DEFAULT_QUERY: ResourcesQuery = {
  kind: '',
  search: '',
  clusters: [],
  namespaces: [],
  status: '',
  labels: '',
  sort: undefined,
  columns: [],
};

/** Reads a query from the URL. */
export function parseResourcesQuery(
  parameters: URLSearchParams,
): ResourcesQuery {
  const sort = parameters.get('sort') ?? '';
  return {
    kind: parameters.get('kind') ?? '',
    search: parameters.get('search') ?? '',
    clusters: valuesOf(parameters, 'cluster'),
    namespaces: valuesOf(parameters, 'namespace'),
    status: parameters.get('status') ?? '',
    labels: parameters.get('labels') ?? '',
    sort: sort
      ? {
          column: sort.replace(/^-/, ''),
          direction: sort.startsWith('-') ? 'descending' : 'ascending',
        }
      : undefined,
    columns: valuesOf(parameters, 'column'),
  };
}

function valuesOf(parameters: URLSearchParams, name: string): string[] {
  return [...new Set(parameters.getAll(name).filter(Boolean))];
}

/** Writes a query for the URL, without default values. */
export function formatResourcesQuery(query: ResourcesQuery): URLSearchParams {
  const { kind, search, clusters, namespaces, status, labels, sort, columns } =
    query;
  const single = {
    kind,
    search,
    status,
    labels,
    sort: sort
      ? `${sort.direction === 'descending' ? '-' : ''}${sort.column}`
      : '',
  };
  return new URLSearchParams([
    ...Object.entries(single).filter(([, value]) => value !== ''),
    ...clusters.map(name => ['cluster', name]),
    ...namespaces.map(name => ['namespace', name]),
    ...columns.map(name => ['column', name]),
  ]);
}

/** Returns whether a search or filter is set. */
export function isFiltered(query: ResourcesQuery): boolean {
  const { search, clusters, namespaces, status, labels } = query;
  return Boolean(
    search.trim() ||
      clusters.length ||
      namespaces.length ||
      status ||
      labels.trim(),
  );
}

/** The change that removes the search and all filters. */
export const NO_FILTERS = {
  search: '',
  clusters: [],
  namespaces: [],
  status: '',
  labels: '',
} satisfies Partial<ResourcesQuery>;
