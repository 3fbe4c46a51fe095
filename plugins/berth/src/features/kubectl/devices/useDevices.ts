import { useApi } from '@backstage/core-plugin-api';
import { KubectlDevice, List } from '@berth/plugin-berth-common';
import { berthApiRef } from '../../../api';
import { Polled, usePolled } from '../../../kit/query';

const INTERVAL = 15_000;

/**
 * Polls the devices of a person, the newest first.
 *
 * @param user - entity ref, `*` for everyone, or empty for the caller
 */
export function useDevices(user: string): Polled<List<KubectlDevice>> {
  const api = useApi(berthApiRef);
  return usePolled({
    key: ['kubectl', 'devices', user],
    load: () => api.listDevices(user ? { user } : {}),
    every: INTERVAL,
  });
}
