import type { KubectlApi } from '../KubectlApi';
import { BerthHttp, pathOf, queryOf } from '../http';

/** The calls of `KubectlApi`. */
export function kubectlCalls(http: BerthHttp): KubectlApi {
  return {
    getKubectlPortal() {
      return http.json('GET', '/kubectl/cli/portal.json');
    },

    connectDevice(body) {
      const path = '/kubectl/devices';
      return http.json('POST', path, { body });
    },

    listDevices(query = {}) {
      const path = `/kubectl/devices${queryOf(query)}`;
      return http.json('GET', path);
    },

    async endDevice(id) {
      await http.request('DELETE', pathOf('kubectl', 'devices', id));
    },

    async endDevices(query = {}) {
      await http.request('DELETE', `/kubectl/devices${queryOf(query)}`);
    },

    async getKubeconfig(query = {}) {
      const path = `/kubeconfig${queryOf(query)}`;
      return (await http.request('GET', path)).text();
    },
  };
}
