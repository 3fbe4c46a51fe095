import { useCallback } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import { SizeClass } from '@berth/plugin-berth-common';
import { berthApiRef } from '../../api';
import { Polled, usePolling } from './usePolling';

/** The presets of quotas that the configuration has. */
export function useSizeClasses(): Polled<SizeClass[]> {
  const api = useApi(berthApiRef);
  const load = useCallback(
    async () => (await api.listSizeClasses()).items,
    [api],
  );
  return usePolling(load, () => undefined);
}
