import { useApi } from '@backstage/core-plugin-api';
import { SizeClass } from '@berth/plugin-berth-common';
import { berthApiRef } from '../../api';
import { Polled, usePolled } from '../query';

/** The presets of quotas that the configuration has. */
export function useSizeClasses(): Polled<SizeClass[]> {
  const api = useApi(berthApiRef);
  return usePolled({
    key: ['sizeClasses'],
    load: async () => (await api.listSizeClasses()).items,
  });
}
