import { useApi } from '@backstage/core-plugin-api';
import { ResourceKind } from '@berth/plugin-berth-common';
import { berthApiRef } from '../../api';
import { Polled, usePolled } from '../../kit/query';

const KINDS_INTERVAL = 5 * 60_000;
const KINDS_RETRY = 10_000;

/** Loads the kinds that the clusters have. */
export function useKinds(isNeeded: boolean): Polled<ResourceKind[]> {
  const api = useApi(berthApiRef);
  return usePolled<ResourceKind[]>({
    key: ['kinds', isNeeded],
    load: async () => (isNeeded ? (await api.listKinds()).items : []),
    every: kinds => (kinds ? KINDS_INTERVAL : KINDS_RETRY),
    ignoresChanges: true,
  });
}
