import { Sort } from '../../../kit/list';

/** What the list of releases shows; empty values match all. */
export interface ReleasesQuery {
  search: string;
  clusters: string[];
  namespaces: string[];
  /** Names of charts. */
  charts: string[];
  /** The word of a state, or `PROBLEMS`. */
  status: string;
  /** Problems come first by default. */
  sort?: Sort;
}

/** The value of the status filter for releases with a problem. */
export const PROBLEMS = '!';

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
  const sort = parameters.get('sort') ?? '';
  const all = (name: string) => [
    ...new Set(parameters.getAll(name).filter(Boolean)),
  ];
  return {
    search: parameters.get('search') ?? '',
    clusters: all('cluster'),
    namespaces: all('namespace'),
    charts: all('chart'),
    status: parameters.get('status') ?? '',
    sort: sort
      ? {
          column: sort.replace(/^-/, ''),
          direction: sort.startsWith('-') ? 'descending' : 'ascending',
        }
      : undefined,
  };
}

/** Writes a query for the URL, without default values. */
export function formatReleasesQuery(query: ReleasesQuery): URLSearchParams {
  const { search, clusters, namespaces, charts, status, sort } = query;
  return new URLSearchParams([
    ...(search ? [['search', search]] : []),
    ...clusters.map(name => ['cluster', name]),
    ...namespaces.map(name => ['namespace', name]),
    ...charts.map(name => ['chart', name]),
    ...(status ? [['status', status]] : []),
    ...(sort
      ? [
          [
            'sort',
            `${sort.direction === 'descending' ? '-' : ''}${sort.column}`,
          ],
        ]
      : []),
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
