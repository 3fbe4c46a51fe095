import { useUrlQuery } from '../../kit/hooks';
import { MineQuery, MineSortColumn } from './mine';

const COLUMNS: readonly MineSortColumn[] = ['name', 'cluster', 'held', 'use'];

/** The query of the page, kept in the URL. */
export function useMineQuery(): [
  MineQuery,
  (change: Partial<MineQuery>) => void,
] {
  return useUrlQuery(parse, format);
}

function parse(parameters: URLSearchParams): MineQuery {
  const sort = parameters.get('sort') ?? '';
  return {
    search: parameters.get('search') ?? '',
    cluster: parameters.get('cluster') ?? '',
    sort: {
      column: COLUMNS.find(name => name === sort.replace(/^-/, '')) ?? 'name',
      direction: sort.startsWith('-') ? 'descending' : 'ascending',
    },
  };
}

function format({ search, cluster, sort }: MineQuery): URLSearchParams {
  const sign = sort.direction === 'descending' ? '-' : '';
  const order = `${sign}${sort.column}`;
  return new URLSearchParams({
    ...(search && { search }),
    ...(cluster && { cluster }),
    ...(order !== 'name' && { sort: order }),
  });
}
