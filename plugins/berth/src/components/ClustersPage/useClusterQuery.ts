import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';
import {
  ClusterQuery,
  formatClusterQuery,
  parseClusterQuery,
} from './clusterQuery';

/** The query of the list, kept in the URL. A change goes back to the first page unless it names one. */
export function useClusterQuery(): [
  ClusterQuery,
  (change: Partial<ClusterQuery>) => void,
] {
  const [parameters, setParameters] = useSearchParams();
  const query = useMemo(() => parseClusterQuery(parameters), [parameters]);
  const change = useCallback(
    (changed: Partial<ClusterQuery>) =>
      setParameters(formatClusterQuery({ ...query, page: 1, ...changed }), {
        replace: true,
      }),
    [query, setParameters],
  );
  return [query, change];
}
