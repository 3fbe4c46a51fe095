import { useApi } from '@backstage/core-plugin-api';
import { berthApiRef } from '../api';
import { usePolled } from './query';

/** The clusters to filter by. The chosen cluster is always included, even if the list cannot be loaded. */
export function useClusterNames(chosen: string): string[] {
  const api = useApi(berthApiRef);
  const { value } = usePolled({
    key: ['clusters'],
    load: () => api.listClusters(),
  });
  const names = value?.items.map(({ name }) => name) ?? [];
  return [...new Set([...names, ...(chosen ? [chosen] : [])])].sort();
}
