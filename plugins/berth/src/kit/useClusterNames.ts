import { useCallback } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import { berthApiRef } from '../api';
import { usePolling } from './hooks';

/** The clusters to filter by. The chosen cluster is always included, even if the list cannot be loaded. */
export function useClusterNames(chosen: string): string[] {
  const api = useApi(berthApiRef);
  const load = useCallback(() => api.listClusters(), [api]);
  const { value } = usePolling(load, () => undefined);
  const names = value?.items.map(({ name }) => name) ?? [];
  return [...new Set([...names, ...(chosen ? [chosen] : [])])].sort();
}
