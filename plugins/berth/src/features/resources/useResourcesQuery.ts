import { useCallback } from 'react';
import { useUrlQuery } from '../../kit/hooks';
import {
  DEFAULT_QUERY,
  formatResourcesQuery,
  parseResourcesQuery,
  ResourcesQuery,
} from './resourcesQuery';

/** Keeps in the URL what a list of objects shows. */
export function useResourcesQuery(): {
  query: ResourcesQuery;
  onQueryChange: (change: Partial<ResourcesQuery>) => void;
  onKindChange: (kind: string) => void;
} {
  const [query, onQueryChange] = useUrlQuery(
    parseResourcesQuery,
    formatResourcesQuery,
  );
  const onKindChange = useCallback(
    (kind: string) =>
      // Clusters, namespaces and labels are the same for all kinds; columns and states are not.
      onQueryChange({
        kind,
        status: DEFAULT_QUERY.status,
        sort: DEFAULT_QUERY.sort,
        columns: DEFAULT_QUERY.columns,
      }),
    [onQueryChange],
  );
  return { query, onQueryChange, onKindChange };
}
