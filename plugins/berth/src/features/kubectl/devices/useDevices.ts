import { useApi } from '@backstage/core-plugin-api';
import { CountedPage, KubectlDevice } from '@berth/plugin-berth-common';
import { berthApiRef } from '../../../api';
import { Polled, usePolled } from '../../../kit/query';

const INTERVAL = 15_000;

/** As many as the API returns at once. More devices are found by naming a person. */
const MOST = 1_000;

/**
 * Polls the devices of a person, the newest first.
 *
 * @param user - entity ref, `*` for everyone, or empty for the caller
 */
export function useDevices(user: string): Polled<CountedPage<KubectlDevice>> {
  const api = useApi(berthApiRef);
  return usePolled({
    key: ['kubectl', 'devices', user],
    load: () => api.listDevices({ limit: MOST, ...(user && { user }) }),
    every: INTERVAL,
  });
}
