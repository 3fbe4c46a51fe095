import { useApi } from '@backstage/core-plugin-api';
import { ChartRepository, List } from '@berth/plugin-berth-common';
import { berthApiRef } from '../../api';
import { Polled, usePolled } from '../../kit/query';

const INTERVAL = 30_000;
const INTERVAL_WHILE_PENDING = 3_000;

/** Polls the chart repositories. */
export function useRepositories(): Polled<List<ChartRepository>> {
  const api = useApi(berthApiRef);
  return usePolled({
    key: ['chart-repositories'],
    load: () => api.listChartRepositories(),
    every: list =>
      list?.items.some(({ state }) => state === 'Pending')
        ? INTERVAL_WHILE_PENDING
        : INTERVAL,
  });
}
