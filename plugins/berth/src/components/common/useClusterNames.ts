import { useCallback } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import { berthApiRef } from '../../api';
import { usePolling } from '../../hooks';

/** The clusters to filter by; the chosen one always, even if they cannot be had. */
export function useClusterNames(chosen: string): string[] {
  const api = useApi(berthApiRef);
  const load = useCallback(() => api.listClusters(), [api]);
  const { value } = usePolling(load, () => undefined);
  const names = value?.items.map(({ name }) => name) ?? [];
  return [...new Set([...names, ...(chosen ? [chosen] : [])])].sort();
}
