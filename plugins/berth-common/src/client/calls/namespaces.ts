import type { NamespaceAddress, NamespacesApi } from '../NamespacesApi';
import { BerthHttp, queryOf } from '../http';
import { clusterPath, namespacePath, ifMatch } from './paths';

/** The calls of `NamespacesApi`. */
export function namespacesCalls(http: BerthHttp): NamespacesApi {
  return {
    listNamespaces(query = {}) {
      const path = `/namespaces${queryOf(query)}`;
      return http.json('GET', path);
    },

    getNamespace(address) {
      return http.json('GET', namespacePath(address));
    },

    checkNamespaceName(address, group, adopt) {
      const query = queryOf({ group, adopt });
      const path = `${namespacePath(address)}/availability${query}`;
      return http.json('GET', path);
    },

    createNamespace(cluster, body) {
      const path = `${clusterPath(cluster)}/namespaces`;
      return http.json('POST', path, { body });
    },

    updateNamespace(address, body, options) {
      return http.json('PATCH', namespacePath(address), {
        body,
        ...ifMatch(options),
      });
    },

    async deleteNamespace(address, uid) {
      const query = queryOf({ confirm: address.namespace, uid });
      await http.request('DELETE', `${namespacePath(address)}${query}`);
    },

    transferNamespace(address, body) {
      const path = `${namespacePath(address)}/transfer`;
      return http.json('POST', path, { body });
    },

    listPersonalNamespaces() {
      const path = '/personal-namespaces';
      return http.json('GET', path);
    },

    createPersonalNamespace(cluster, body = {}) {
      const path = `${clusterPath(cluster)}/personal-namespace`;
      return http.json('POST', path, { body });
    },

    getGrants(address) {
      const path = `${namespacePath(address)}/grants`;
      return http.json('GET', path);
    },

    setGrants(address, body, options) {
      const path = `${namespacePath(address)}/grants`;
      const payload = { body, ...ifMatch(options) };
      return http.json('PUT', path, payload);
    },

    getQuota(address) {
      return http.json('GET', quotaPath(address));
    },

    setQuota(address, body, { etag }) {
      return http.json('PUT', quotaPath(address), {
        body,
        ...(etag === undefined
          ? { headers: { 'If-None-Match': '*' } }
          : ifMatch({ etag })),
      });
    },

    async deleteQuota(address, options) {
      const path = quotaPath(address);
      await http.request('DELETE', path, ifMatch(options));
    },

    getQuotas(cluster) {
      const path = `/quotas${queryOf({ cluster })}`;
      return http.json('GET', path);
    },

    listSizeClasses() {
      return http.json('GET', '/size-classes');
    },
  };
}

function quotaPath(address: NamespaceAddress): string {
  return `${namespacePath(address)}/quota`;
}
