import {
  formatPlaces,
  parsePlaces,
  PlacesQuery,
  valuesOf,
} from '../../kit/listing';

/** What a list of objects shows; empty values match all. */
export interface ResourcesQuery extends PlacesQuery {
  /** Such as `apps/deployments`; empty for the first kind of the tab. */
  kind: string;
  /** A label selector. */
  labels: string;
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
  return {
    ...parsePlaces(parameters),
    kind: parameters.get('kind') ?? '',
    labels: parameters.get('labels') ?? '',
    columns: valuesOf(parameters, 'column'),
  };
}

/** Writes a query for the URL, without default values. */
export function formatResourcesQuery(query: ResourcesQuery): URLSearchParams {
  const { kind, labels, columns } = query;
  return new URLSearchParams([
    ...(kind ? [['kind', kind]] : []),
    ...formatPlaces(query),
    ...(labels ? [['labels', labels]] : []),
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
