import type { ObjectAddress } from '../../api/resources';
import type { ResourcesApi } from '../ResourcesApi';
import { BerthHttp, pathOf, queryOf } from '../http';
import { clusterPath } from './paths';

/** The calls of `ResourcesApi`. */
export function resourcesCalls(http: BerthHttp): ResourcesApi {
  return {
    listKinds(query = {}) {
      const path = `/resources/kinds${queryOf(query)}`;
      return http.json('GET', path);
    },

    listResources(kind, query = {}, options) {
      const path = pathOf('resources', kind.group, kind.plural);
      return http.lines(`${path}${queryOf(query)}`, options);
    },

    listNodes(query = {}, options) {
      return http.lines(`/resources/nodes${queryOf(query)}`, options);
    },

    getNodeMig(cluster, node) {
      const path = `${clusterPath(cluster)}${pathOf('nodes', node, 'mig')}`;
      return http.json('GET', path);
    },

    getAbilities(cluster, namespace) {
      const path = `${clusterPath(cluster)}/abilities${queryOf({ namespace })}`;
      return http.json('GET', path);
    },

    getObject(address) {
      return http.json('GET', objectPath(address));
    },

    async getObjectYaml(address) {
      const headers = { Accept: 'application/yaml' };
      const path = objectPath(address);
      return (await http.request('GET', path, { headers })).text();
    },

    listObjectEvents(address) {
      const path = objectPath(address, 'events');
      return http.json('GET', path);
    },

    listRelatedObjects(address) {
      const path = objectPath(address, 'related');
      return http.json('GET', path);
    },

    listRevisions(address) {
      const path = objectPath(address, 'revisions');
      return http.json('GET', path);
    },

    readLogs(address, query = {}, options) {
      const path = objectPath(address, 'logs', query);
      return http.lines(path, options);
    },

    async downloadLogs(address, query = {}, options) {
      const path = objectPath(address, 'logs', { ...query, download: true });
      return (await http.request('GET', path, options)).blob();
    },

    revealSecret(address, keys) {
      const path = objectPath(address, 'reveal');
      return http.json('POST', path, { body: { keys } });
    },

    actOnObject(address, body) {
      const path = objectPath(address, 'actions');
      return http.json('POST', path, { body });
    },

    editObject(address, body) {
      const path = objectPath(address);
      return http.json('PATCH', path, { body });
    },

    async deleteObject(address, options) {
      const path = objectPath(address, undefined, options);
      await http.request('DELETE', path);
    },

    applyYaml(cluster, body) {
      const path = `${clusterPath(cluster)}/apply`;
      return http.json('POST', path, { body });
    },
  };
}

function objectPath(
  { cluster, group, plural, name, namespace }: ObjectAddress,
  subresource?: string,
  query: object = {},
): string {
  const segments = ['clusters', cluster, 'objects', group, plural, name];
  const path = pathOf(...segments, ...(subresource ? [subresource] : []));
  return `${path}${queryOf({ ...query, namespace })}`;
}
