import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';
import useLatest from 'react-use/esm/useLatest';

/**
 * Returns the query of a list, kept in the URL, and a function that changes it. The function is stable between
 * renders. A change goes to the first page unless it names one. Pages are steps of the browser's history; other
 * changes are not.
 *
 * @param parse - must be stable between renders
 */
export function useUrlQuery<Query extends object>(
  parse: (parameters: URLSearchParams) => Query,
  format: (query: Query) => URLSearchParams,
): [Query, (change: Partial<Query>) => void] {
  const [parameters, setParameters] = useSearchParams();
  const query = useMemo(() => parse(parameters), [parse, parameters]);
  const latest = useLatest((change: Partial<Query>) =>
    setParameters(format({ ...query, cursor: '', ...change }), {
      replace: !('cursor' in change),
    }),
  );
  const change = useCallback(
    (changed: Partial<Query>) => latest.current(changed),
    [latest],
  );
  return [query, change];
}
