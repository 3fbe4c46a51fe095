import { NamespacePhase, NamespaceQuery } from '@berth/plugin-berth-common';
import {
  FIRST_PAGE,
  Paging,
  Sort,
  formatPaging,
  formatSort,
  parsePaging,
  parseSort,
  pageRequestOf,
} from '../../../kit/list';

export const PHASES = [
  'Active',
  'Pending',
  'Terminating',
] as const satisfies readonly NamespacePhase[];

const SORT_COLUMNS = [
  'name',
  'cluster',
  'owner',
  'phase',
  'createdAt',
] as const;

export type SortColumn = (typeof SORT_COLUMNS)[number];

/** The search, filters, order and page of the namespaces; empty strings match all. */
export interface ListQuery extends Paging {
  search: string;
  cluster: string;
  /** Entity ref. */
  group: string;
  phase: NamespacePhase | '';
  sort: Sort<SortColumn>;
}

export const DEFAULT_QUERY: ListQuery = {
  search: '',
  cluster: '',
  group: '',
  phase: '',
  sort: { column: 'name', direction: 'ascending' },
  ...FIRST_PAGE,
};

/** Reads a query from the URL; ignores invalid values. */
export function parseListQuery(parameters: URLSearchParams): ListQuery {
  return {
    search: parameters.get('search') ?? '',
    cluster: parameters.get('cluster') ?? '',
    group: parameters.get('group') ?? '',
    phase: PHASES.find(name => name === parameters.get('phase')) ?? '',
    sort: parseSort(parameters, SORT_COLUMNS, DEFAULT_QUERY.sort),
    ...parsePaging(parameters),
  };
}

/** Writes a query for the URL, without default values. */
export function formatListQuery(query: ListQuery): URLSearchParams {
  const { search, cluster, group, phase, sort } = query;
  return new URLSearchParams({
    ...(search && { search }),
    ...(cluster && { cluster }),
    ...(group && { group }),
    ...(phase && { phase }),
    ...formatSort(sort, DEFAULT_QUERY.sort),
    ...formatPaging(query),
  });
}

/** Converts a query to the backend's. */
export function requestOf(query: ListQuery): NamespaceQuery {
  const { search, cluster, group, phase, sort } = query;
  return {
    ...(search.trim() && { search: search.trim() }),
    ...(cluster && { cluster }),
    ...(group && { group }),
    ...(phase && { phase }),
    orderBy: sort.column,
    order: sort.direction === 'descending' ? 'desc' : 'asc',
    ...pageRequestOf(query),
  };
}

/** Returns whether a search or filter is set. */
export function isFiltered(query: ListQuery): boolean {
  const { search, cluster, group, phase } = query;
  return Boolean(search.trim() || cluster || group || phase);
}
