import { NamespacePhase, NamespaceQuery } from '@berth/plugin-berth-common';
import { PAGE_SIZES } from '../../../kit/list/pagination';

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

/** What a person wants to see of the namespaces; empty strings stand for all. */
export interface ListQuery {
  search: string;
  cluster: string;
  /** Entity ref. */
  group: string;
  phase: NamespacePhase | '';
  sort: { column: SortColumn; direction: 'ascending' | 'descending' };
  /** From 1. */
  page: number;
  pageSize: number;
}

export const DEFAULT_QUERY: ListQuery = {
  search: '',
  cluster: '',
  group: '',
  phase: '',
  sort: { column: 'name', direction: 'ascending' },
  page: 1,
  pageSize: PAGE_SIZES[0],
};

/** Reads a query from the URL; what makes no sense there is as if it were absent. */
export function parseListQuery(parameters: URLSearchParams): ListQuery {
  const sort = parameters.get('sort') ?? '';
  const column = SORT_COLUMNS.find(name => name === sort.replace(/^-/, ''));
  const pageSize = Number(parameters.get('size'));
  const page = Number(parameters.get('page'));
  return {
    search: parameters.get('search') ?? '',
    cluster: parameters.get('cluster') ?? '',
    group: parameters.get('group') ?? '',
    phase: PHASES.find(name => name === parameters.get('phase')) ?? '',
    sort: column
      ? { column, direction: sort.startsWith('-') ? 'descending' : 'ascending' }
      : DEFAULT_QUERY.sort,
    page: Number.isInteger(page) && page > 0 ? page : 1,
    pageSize: PAGE_SIZES.includes(pageSize) ? pageSize : DEFAULT_QUERY.pageSize,
  };
}

/** Writes a query for the URL, leaving out what is as by default. */
export function formatListQuery(query: ListQuery): URLSearchParams {
  const sign = query.sort.direction === 'descending' ? '-' : '';
  const sort = `${sign}${query.sort.column}`;
  const { search, cluster, group, phase, page, pageSize } = query;
  return new URLSearchParams({
    ...(search && { search }),
    ...(cluster && { cluster }),
    ...(group && { group }),
    ...(phase && { phase }),
    ...(sort !== 'name' && { sort }),
    ...(page !== 1 && { page: String(page) }),
    ...(pageSize !== DEFAULT_QUERY.pageSize && { size: String(pageSize) }),
  });
}

/** What the backend is asked. */
export function requestOf(query: ListQuery): NamespaceQuery {
  const { search, cluster, group, phase, sort, page, pageSize } = query;
  return {
    ...(search.trim() && { search: search.trim() }),
    ...(cluster && { cluster }),
    ...(group && { group }),
    ...(phase && { phase }),
    orderBy: sort.column,
    order: sort.direction === 'descending' ? 'desc' : 'asc',
    limit: pageSize,
    offset: (page - 1) * pageSize,
  };
}

/** Whether anything narrows the list. */
export function isFiltered(query: ListQuery): boolean {
  const { search, cluster, group, phase } = query;
  return Boolean(search.trim() || cluster || group || phase);
}
