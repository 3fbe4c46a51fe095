import {
  createApiFactory,
  discoveryApiRef,
  fetchApiRef,
} from '@backstage/core-plugin-api';
import { TenancyClient } from '@berth/plugin-berth-common';
import { tenancyApiRef } from './tenancyApiRef';

export const tenancyApiFactory = createApiFactory({
  api: tenancyApiRef,
  deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
  factory: ({ discoveryApi, fetchApi }) =>
    new TenancyClient({
      getBaseUrl: () => discoveryApi.getBaseUrl('berth'),
      fetch: fetchApi.fetch,
    }),
});
