import type { ActivityApi } from '../ActivityApi';
import { BerthHttp, queryOf } from '../http';
import { clusterPath } from './paths';

/** The calls of `ActivityApi`. */
export function activityCalls(http: BerthHttp): ActivityApi {
  return {
    listActivity(query = {}) {
      return http.json('GET', `/activity${queryOf(query)}`);
    },

    listClusterActivity(name, query = {}) {
      const path = `${clusterPath(name)}/activity${queryOf(query)}`;
      return http.json('GET', path);
    },

    async exportActivity(filter, format) {
      const path = `/activity${queryOf({ ...filter, format })}`;
      return (await http.request('GET', path)).blob();
    },
  };
}
