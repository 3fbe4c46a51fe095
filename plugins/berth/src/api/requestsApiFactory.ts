import {
  createApiFactory,
  discoveryApiRef,
  fetchApiRef,
} from '@backstage/core-plugin-api';
import { RequestsClient } from '@berth/plugin-berth-common';
import { requestsApiRef } from './requestsApiRef';

export const requestsApiFactory = createApiFactory({
  api: requestsApiRef,
  deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
  factory: ({ discoveryApi, fetchApi }) =>
    new RequestsClient({
      getBaseUrl: () => discoveryApi.getBaseUrl('berth'),
      fetch: fetchApi.fetch,
    }),
});
