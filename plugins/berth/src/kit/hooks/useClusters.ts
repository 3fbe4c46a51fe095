import { useApi } from '@backstage/core-plugin-api';
import { Cluster, List, SizeClass } from '@berth/plugin-berth-common';
import { berthApiRef } from '../../api';
import { Polled, usePolled } from '../query';

const INTERVAL = 15_000;
const RETRY = 5_000;

/** Polls the clusters that the caller can see. */
export function useClusters(): Polled<List<Cluster>> {
  const api = useApi(berthApiRef);
  return usePolled({
    key: ['clusters'],
    load: () => api.listClusters(),
    every: value => (value ? INTERVAL : RETRY),
  });
}

/** Loads the quota presets of the configuration. */
export function useSizeClasses(): Polled<SizeClass[]> {
  const api = useApi(berthApiRef);
  return usePolled({
    key: ['sizeClasses'],
    load: async () => (await api.listSizeClasses()).items,
  });
}
