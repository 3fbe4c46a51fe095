import type { ClustersApi } from '../ClustersApi';
import { BerthHttp, queryOf } from '../http';
import { clusterPath, ifMatch } from './paths';

/** The calls of `ClustersApi`. */
export function clustersCalls(http: BerthHttp): ClustersApi {
  return {
    listClusters() {
      return http.json('GET', '/clusters');
    },

    getCluster(name) {
      return http.json('GET', clusterPath(name));
    },

    createCluster(body) {
      return http.json('POST', '/clusters', { body });
    },

    previewCluster(body) {
      const path = '/clusters?dryRun=true';
      return http.json('POST', path, { body });
    },

    updateCluster(name, body, { etag } = {}) {
      return http.json('PATCH', clusterPath(name), {
        body,
        ...(etag !== undefined && ifMatch({ etag })),
      });
    },

    getLeftovers(name) {
      const path = `${clusterPath(name)}/leftovers`;
      return http.json('GET', path);
    },

    async deleteCluster(name, options = {}) {
      const path = `${clusterPath(name)}${queryOf(options)}`;
      await http.request('DELETE', path);
    },

    getShares(name) {
      return http.json('GET', `${clusterPath(name)}/shares`);
    },

    setShares(name, body, { etag } = {}) {
      return http.json('PUT', `${clusterPath(name)}/shares`, {
        body,
        ...(etag !== undefined && ifMatch({ etag })),
      });
    },

    addShare(name, body) {
      const path = `${clusterPath(name)}/shares`;
      return http.json('POST', path, { body });
    },

    removeShare(name, group) {
      const path = `${clusterPath(name)}/shares${queryOf({ group })}`;
      return http.json('DELETE', path);
    },

    async getOnboardingManifest(name) {
      const path = `${clusterPath(name)}/onboarding?format=manifest`;
      return (await http.request('GET', path)).text();
    },

    getOnboarding(name, format, features = []) {
      const query = queryOf({ format, features });
      const path = `${clusterPath(name)}/onboarding${query}`;
      const headers = { Accept: 'application/json' };
      return http.json('GET', path, { headers });
    },

    runChecks(name) {
      return http.json('POST', `${clusterPath(name)}/checks`);
    },

    listCheckRuns(name) {
      const path = `${clusterPath(name)}/checks`;
      return http.json('GET', path);
    },
  };
}
