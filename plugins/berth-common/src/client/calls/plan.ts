import type { PlanApi } from '../PlanApi';
import type { BerthHttp } from '../http';
import { clusterPath } from './paths';

/** The calls of `PlanApi`. */
export function planCalls(http: BerthHttp): PlanApi {
  return {
    getPlan(name) {
      return http.json('GET', `${clusterPath(name)}/plan`);
    },

    async confirmPlan(name, body) {
      const path = `${clusterPath(name)}/plan/confirm`;
      await http.request('POST', path, { body });
    },

    async confirmRebuilt(name, body) {
      const path = `${clusterPath(name)}/rebuilt`;
      await http.request('POST', path, { body });
    },

    async removeLeftovers(name, body) {
      const path = `${clusterPath(name)}/plan/leftovers/remove`;
      await http.request('POST', path, { body });
    },

    async confirmPodSecurity(name, body) {
      const path = `${clusterPath(name)}/plan/pod-security`;
      await http.request('POST', path, { body });
    },

    async confirmIdentity(name, body) {
      const path = `${clusterPath(name)}/plan/identity`;
      await http.request('POST', path, { body });
    },

    takeOver(name, body) {
      const path = `${clusterPath(name)}/plan/take-over`;
      return http.json('POST', path, { body });
    },

    listProfiles() {
      return http.json('GET', '/profiles');
    },

    getClusterProfile(name) {
      const path = `${clusterPath(name)}/profile`;
      return http.json('GET', path);
    },

    previewProfile(name, body) {
      const path = `${clusterPath(name)}/profile/preview`;
      return http.json('POST', path, { body });
    },
  };
}
