import {
  createApiFactory,
  discoveryApiRef,
  fetchApiRef,
} from '@backstage/core-plugin-api';
import { BerthClient } from '@berth/plugin-berth-common';
import { berthApiRef } from './berthApiRef';

export const berthApiFactory = createApiFactory({
  api: berthApiRef,
  deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
  factory: ({ discoveryApi, fetchApi }) =>
    new BerthClient({
      getBaseUrl: () => discoveryApi.getBaseUrl('berth'),
      fetch: fetchApi.fetch,
    }),
});
