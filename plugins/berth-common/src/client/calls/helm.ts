import type { HelmApi, HelmReleaseAddress } from '../HelmApi';
import { BerthHttp, pathOf, queryOf } from '../http';
import { namespacePath } from './paths';

/** The calls of `HelmApi`. */
export function helmCalls(http: BerthHttp): HelmApi {
  return {
    listReleases(query = {}, options) {
      return http.lines(`/helm/releases${queryOf(query)}`, options);
    },

    getRelease(address, revision) {
      const path = releasePath(address, undefined, { revision });
      return http.json('GET', path);
    },

    listReleaseHistory(address) {
      const path = releasePath(address, 'history');
      return http.json('GET', path);
    },

    getReleaseValues(address, query = {}) {
      const path = releasePath(address, 'values', query);
      return http.json('GET', path);
    },

    getReleaseManifest(address, revision) {
      const path = releasePath(address, 'manifest', { revision });
      return http.json('GET', path);
    },

    compareReleases(address, revisions) {
      const path = releasePath(address, 'diff', revisions);
      return http.json('GET', path);
    },

    listReleaseObjects(address) {
      const path = releasePath(address, 'objects');
      return http.json('GET', path);
    },

    getReleaseDrift(address) {
      const path = releasePath(address, 'drift');
      return http.json('GET', path);
    },

    revealReleaseValue(address, body) {
      const path = releasePath(address, 'reveal');
      return http.json('POST', path, { body });
    },

    getHelmWriting() {
      return http.json('GET', '/helm/status');
    },

    previewHelmOperation(body) {
      return http.json('POST', '/helm/previews', { body });
    },

    startHelmOperation(id, body) {
      const path = operationPath(id);
      return http.json('PUT', path, { body });
    },

    listHelmOperations(query = {}) {
      const path = `/helm/operations${queryOf(query)}`;
      return http.json('GET', path);
    },

    getHelmOperation(id) {
      return http.json('GET', operationPath(id));
    },

    getHelmOperationLines(id, after) {
      const path = `${operationPath(id)}/lines${queryOf({ after })}`;
      return http.json('GET', path);
    },

    cancelHelmOperation(id) {
      return http.json('DELETE', operationPath(id));
    },

    async unlockRelease(address, revision) {
      const path = releasePath(address, 'unlock');
      await http.request('POST', path, { body: { revision } });
    },
  };
}

function releasePath(
  { release, ...address }: HelmReleaseAddress,
  part?: string,
  query: object = {},
): string {
  const segments = ['releases', release, ...(part ? [part] : [])];
  return `${namespacePath(address)}${pathOf(...segments)}${queryOf(query)}`;
}

function operationPath(id: string): string {
  return `/helm/operations${pathOf(id)}`;
}
