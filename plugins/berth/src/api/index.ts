import {
  createApiRef,
  createApiFactory,
  discoveryApiRef,
  fetchApiRef,
} from '@backstage/core-plugin-api';
import { BerthApi, BerthClient } from '@berth/plugin-berth-common';

/**
 * The API of Berth's backend.
 *
 * @public
 */
export const berthApiRef = createApiRef<BerthApi>({ id: 'plugin.berth.api' });

export const berthApiFactory = createApiFactory({
  api: berthApiRef,
  deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
  factory: ({ discoveryApi, fetchApi }) =>
    new BerthClient({
      getBaseUrl: () => discoveryApi.getBaseUrl('berth'),
      fetch: fetchApi.fetch,
    }),
});
