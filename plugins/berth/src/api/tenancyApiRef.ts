import { createApiRef } from '@backstage/core-plugin-api';
import { TenancyApi } from '@berth/plugin-berth-common';

/**
 * Namespaces, grants and quotas as the pages use them.
 *
 * @public
 */
export const tenancyApiRef = createApiRef<TenancyApi>({
  id: 'plugin.berth.tenancy',
});
