import { useApi } from '@backstage/core-plugin-api';
import {
  HelmOperation,
  HelmOperationState,
  HelmReleaseAddress,
  HelmWriting,
} from '@berth/plugin-berth-common';
import { berthApiRef } from '../../../api';
import { Polled, usePolled } from '../../../kit/query';

const WRITING_INTERVAL = 5 * 60_000;
const INTERVAL = 15_000;
const INTERVAL_WHILE_RUNNING = 3_000;

const LIVE: HelmOperationState[] = ['Queued', 'Running', 'Observing'];

/** Returns whether the portal can change releases. */
export function useHelmWriting(): Polled<HelmWriting> {
  const api = useApi(berthApiRef);
  return usePolled({
    key: ['helm', 'writing'],
    load: () => api.getHelmWriting(),
    every: WRITING_INTERVAL,
  });
}

/** Returns the latest operation on a release that has not ended, or `null`. One that only waits for objects may be the last. */
export function useRunningOperation(
  address: HelmReleaseAddress,
): Polled<HelmOperation | null> {
  const api = useApi(berthApiRef);
  return usePolled({
    key: ['release', address, 'operations', 'running'],
    load: async () => {
      const { items } = await api.listHelmOperations({
        ...address,
        state: LIVE,
        limit: 1,
      });
      return items[0] ?? null;
    },
    every: running => (running ? INTERVAL_WHILE_RUNNING : INTERVAL),
  });
}
