import type { AccessApi } from '../AccessApi';
import { BerthHttp, queryOf } from '../http';
import { clusterPath } from './paths';

/** The calls of `AccessApi`. */
export function accessCalls(http: BerthHttp): AccessApi {
  return {
    getAccess() {
      return http.json('GET', '/access/me');
    },

    explainAccess(query) {
      return http.json('GET', `/access/explain${queryOf(query)}`);
    },

    createToken(name) {
      return http.json('POST', `${clusterPath(name)}/token`);
    },
  };
}
