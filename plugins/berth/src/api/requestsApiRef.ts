import { createApiRef } from '@backstage/core-plugin-api';
import { RequestsApi } from '@berth/plugin-berth-common';

/**
 * Requests for namespaces, quotas and roles as the pages use them.
 *
 * @public
 */
export const requestsApiRef = createApiRef<RequestsApi>({
  id: 'plugin.berth.requests',
});
