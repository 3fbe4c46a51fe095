import type { AccessRequest } from '../../api/requests';
import type { RequestsApi } from '../RequestsApi';
import { BerthHttp, pathOf, queryOf } from '../http';

/** The calls of `RequestsApi`. */
export function requestsCalls(http: BerthHttp): RequestsApi {
  const step = (id: string, name: string, body?: unknown) =>
    http.json<AccessRequest>('POST', pathOf('requests', id, name), { body });
  return {
    listRequests(query = {}) {
      const path = `/requests${queryOf(query)}`;
      return http.json('GET', path);
    },

    getRequest(id) {
      return http.json('GET', pathOf('requests', id));
    },

    createRequest(body) {
      return http.json('POST', '/requests', { body });
    },

    previewRequest(body) {
      const path = '/requests?dryRun=true';
      return http.json('POST', path, { body });
    },

    updateRequest(id, body) {
      const path = pathOf('requests', id);
      return http.json('PUT', path, { body });
    },

    submitRequest(id) {
      return step(id, 'submit');
    },

    withdrawRequest(id) {
      return step(id, 'withdraw');
    },

    decideRequest(id, decision) {
      return step(id, 'decision', decision);
    },

    retryRequest(id) {
      return step(id, 'retry');
    },
  };
}
