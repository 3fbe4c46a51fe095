import { useApi } from '@backstage/core-plugin-api';
import { Cluster, List } from '@berth/plugin-berth-common';
import { berthApiRef } from '../../../api';
import { Polled, usePolled } from '../../../kit/query';

const RETRY = 5_000;

/** Returns the polling interval for data that is loaded once, and again only after a failure. */
export function untilLoaded(value?: unknown): number | undefined {
  return value === undefined ? RETRY : undefined;
}

/** Loads the clusters that the caller sees, once when the form opens. */
export function useClusters(): Polled<List<Cluster>> {
  const api = useApi(berthApiRef);
  return usePolled({
    key: ['clusters'],
    load: () => api.listClusters(),
    every: untilLoaded,
  });
}
