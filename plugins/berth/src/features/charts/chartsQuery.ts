import { ChartQuery } from '@berth/plugin-berth-common';
import {
  FIRST_PAGE,
  formatPaging,
  pageRequestOf,
  Paging,
  parsePaging,
} from '../../kit/list';

/** The search, the filter and the page of charts; empty strings match all. */
export interface ChartsQuery extends Paging {
  search: string;
  repository: string;
}

export const NO_FILTERS: ChartsQuery = {
  search: '',
  repository: '',
  ...FIRST_PAGE,
};

/** Reads a query from the URL. */
export function parseChartsQuery(parameters: URLSearchParams): ChartsQuery {
  return {
    search: parameters.get('search') ?? '',
    repository: parameters.get('repository') ?? '',
    ...parsePaging(parameters),
  };
}

/** Writes a query for the URL, without default values. */
export function formatChartsQuery(query: ChartsQuery): URLSearchParams {
  const { search, repository } = query;
  return new URLSearchParams({
    ...(search && { search }),
    ...(repository && { repository }),
    ...formatPaging(query),
  });
}

/** Converts a query to the backend's. */
export function chartRequestOf(query: ChartsQuery): ChartQuery {
  const search = query.search.trim();
  return {
    ...(search && { search }),
    ...(query.repository && { repository: query.repository }),
    ...pageRequestOf(query),
  };
}
