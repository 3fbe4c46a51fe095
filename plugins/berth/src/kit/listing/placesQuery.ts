import { Sort } from '../list';

/** What every list over clusters is filtered by; empty values match all. */
export interface PlacesQuery {
  search: string;
  clusters: string[];
  namespaces: string[];
  /** A word about the state, or `PROBLEMS`. */
  status: string;
  /** Rows with a problem come first by default. */
  sort?: Sort;
}

/** The value of the status filter for rows with a problem. */
export const PROBLEMS = '!';

/** Where the rows of a list are, if a page is about a part of them only. */
export interface PlacesScope {
  clusters: readonly string[];
  namespaces: readonly string[];
}

/** Reads the query of a list over clusters from the URL. */
export function parsePlaces(parameters: URLSearchParams): PlacesQuery {
  const sort = parameters.get('sort') ?? '';
  return {
    search: parameters.get('search') ?? '',
    clusters: valuesOf(parameters, 'cluster'),
    namespaces: valuesOf(parameters, 'namespace'),
    status: parameters.get('status') ?? '',
    sort: sort
      ? {
          column: sort.replace(/^-/, ''),
          direction: sort.startsWith('-') ? 'descending' : 'ascending',
        }
      : undefined,
  };
}

/** Returns the values of a parameter that may come several times. */
export function valuesOf(parameters: URLSearchParams, name: string): string[] {
  return [...new Set(parameters.getAll(name).filter(Boolean))];
}

/** Writes the query of a list over clusters for the URL, without default values. */
export function formatPlaces(query: PlacesQuery): [string, string][] {
  const { search, clusters, namespaces, status, sort } = query;
  const single: [string, string][] = [
    ['search', search],
    ['status', status],
    [
      'sort',
      sort ? `${sort.direction === 'descending' ? '-' : ''}${sort.column}` : '',
    ],
  ];
  return [
    ...single.filter(([, value]) => value !== ''),
    ...clusters.map((name): [string, string] => ['cluster', name]),
    ...namespaces.map((name): [string, string] => ['namespace', name]),
  ];
}

/** Returns where to list, for the API. Names that a person chose come before those of the page. */
export function placesToList(
  query: Pick<PlacesQuery, 'clusters' | 'namespaces'>,
  scope?: PlacesScope,
): { cluster?: string[]; namespace?: string[] } {
  const within = (chosen: readonly string[], all: readonly string[] = []) => {
    const names = chosen.length > 0 ? chosen : all;
    return names.length > 0 ? [...names].sort() : undefined;
  };
  const cluster = within(query.clusters, scope?.clusters);
  const namespace = within(query.namespaces, scope?.namespaces);
  return { ...(cluster && { cluster }), ...(namespace && { namespace }) };
}
