import { useCallback } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import { Cluster, List } from '@berth/plugin-berth-common';
import { berthApiRef } from '../../api';
import { Polled, usePolling } from './usePolling';

const INTERVAL = 15_000;

/** Follows the clusters that the caller can see. */
export function useClusters(): Polled<List<Cluster>> {
  const api = useApi(berthApiRef);
  const load = useCallback(() => api.listClusters(), [api]);
  return usePolling(load, () => INTERVAL);
}
