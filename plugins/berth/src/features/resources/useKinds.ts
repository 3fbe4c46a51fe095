import { useApi } from '@backstage/core-plugin-api';
import { ResourceKindList } from '@berth/plugin-berth-common';
import { berthApiRef } from '../../api';
import { Polled, usePolled } from '../../kit/query';

const KINDS_INTERVAL = 5 * 60_000;
const KINDS_RETRY = 10_000;

/** Kinds, and the clusters of which they are not known. */
export type Kinds = Pick<ResourceKindList, 'items' | 'failures'>;

const NONE: Kinds = { items: [], failures: [] };

/** Loads the kinds that the clusters have. */
export function useKinds(isNeeded: boolean): Polled<Kinds> {
  const api = useApi(berthApiRef);
  return usePolled<Kinds>({
    key: ['kinds', isNeeded],
    load: async () => (isNeeded ? api.listKinds() : NONE),
    every: kinds =>
      kinds?.failures.length === 0 ? KINDS_INTERVAL : KINDS_RETRY,
    ignoresChanges: true,
  });
}
