import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';
import useLatest from 'react-use/esm/useLatest';

/**
 * Returns the query of a list, kept in the URL, and a function that changes it. The function is stable between
 * renders.
 *
 * @param parse - must be stable between renders
 * @param alongside - values that every change sets unless it names them, such as the first page
 */
export function useUrlQuery<Query>(
  parse: (parameters: URLSearchParams) => Query,
  format: (query: Query) => URLSearchParams,
  alongside: Partial<Query> = {},
): [Query, (change: Partial<Query>) => void] {
  const [parameters, setParameters] = useSearchParams();
  const query = useMemo(() => parse(parameters), [parse, parameters]);
  const latest = useLatest((change: Partial<Query>) =>
    setParameters(format({ ...query, ...alongside, ...change }), {
      replace: true,
    }),
  );
  const change = useCallback(
    (changed: Partial<Query>) => latest.current(changed),
    [latest],
  );
  return [query, change];
}
