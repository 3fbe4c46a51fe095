import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';
import { ListQuery, formatListQuery, parseListQuery } from './requestsQuery';

/** The query of the page, kept in the URL. A change goes back to the first page unless it names one. */
export function useRequestsQuery(): [
  ListQuery,
  (change: Partial<ListQuery>) => void,
] {
  const [parameters, setParameters] = useSearchParams();
  const query = useMemo(() => parseListQuery(parameters), [parameters]);
  const change = useCallback(
    (changed: Partial<ListQuery>) =>
      setParameters(formatListQuery({ ...query, page: 1, ...changed }), {
        replace: true,
      }),
    [query, setParameters],
  );
  return [query, change];
}
