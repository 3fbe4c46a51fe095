import {
  formatPlaces,
  parsePlaces,
  PlacesQuery,
  valuesOf,
} from '../../../kit/listing';

/** What the list of releases shows; empty values match all. */
export interface ReleasesQuery extends PlacesQuery {
  /** Names of charts. */
  charts: string[];
}

/** The change that removes the search and all filters. */
export const NO_FILTERS = {
  search: '',
  clusters: [],
  namespaces: [],
  charts: [],
  status: '',
} satisfies Partial<ReleasesQuery>;

/** Reads a query from the URL. */
export function parseReleasesQuery(parameters: URLSearchParams): ReleasesQuery {
  return { ...parsePlaces(parameters), charts: valuesOf(parameters, 'chart') };
}

/** Writes a query for the URL, without default values. */
export function formatReleasesQuery(query: ReleasesQuery): URLSearchParams {
  return new URLSearchParams([
    ...formatPlaces(query),
    ...query.charts.map(name => ['chart', name]),
  ]);
}

/** Returns whether a search or filter is set. */
export function isFiltered(query: ReleasesQuery): boolean {
  const { search, clusters, namespaces, charts, status } = query;
  return Boolean(
    search.trim() ||
      clusters.length ||
      namespaces.length ||
      charts.length ||
      status,
  );
}
