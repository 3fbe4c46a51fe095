import { ServerResponse } from 'node:http';
import { methodNotAllowed, unknownPath } from '../status';
import { JsonObject } from '../types';
import {
  aggregatedDiscovery,
  apiGroup,
  apiGroupList,
  apiResourceList,
  apiVersions,
  groupVersions,
} from './discovery';
import { openApiV2, openApiV3, openApiV3Index } from './openapi';
import { RequestContext } from './RequestContext';
import { sendObject, sendText } from './respond';

const AGGREGATED_TYPE =
  'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList';
const HEALTH = /^\/(healthz|livez|readyz)(\/[^?]*)?$/;

/** Serves paths that are not resources: discovery, version, health, OpenAPI. */
export class PathHandler {
  readonly #version: string;
  #address = '';

  constructor(version: string) {
    this.#version = version;
  }

  setAddress(address: string): void {
    this.#address = address;
  }

  /** Returns whether a path has its own media type, independent of the Accept header. */
  isPlain(path: string): boolean {
    return HEALTH.test(path) || path.startsWith('/openapi/');
  }

  async handle({ info, format, request, response }: RequestContext) {
    const path = info.path.replace(/\/+$/, '') || '/';
    if (info.method !== 'GET' && info.method !== 'HEAD') {
      throw this.#document(path) !== undefined || HEALTH.test(path)
        ? methodNotAllowed()
        : unknownPath();
    }
    if (HEALTH.test(path)) {
      this.#health(path, info.query.has('verbose'), response);
      return;
    }
    if (path === '/openapi/v2') {
      openApiV2(this.#version, request.headers.accept ?? '', response);
      return;
    }
    if (format.aggregatedDiscovery && ['/api', '/apis'].includes(path)) {
      const document = aggregatedDiscovery(path === '/api');
      response.setHeader('Vary', 'Accept');
      await sendObject(response, 200, document, format, AGGREGATED_TYPE);
      return;
    }
    const document = this.#document(path);
    if (!document) {
      await this.unknown(path, response);
      return;
    }
    await sendObject(response, 200, document, format);
  }

  /** Answers an unknown path: with plain text below `/api` and `/apis`, otherwise with the list of paths. */
  async unknown(path: string, response: ServerResponse): Promise<void> {
    if (/^\/apis?\//.test(path)) {
      sendText(response, 404, '404 page not found\n');
    } else {
      await sendObject(response, 404, { paths: this.#paths() });
    }
  }

  #document(path: string): JsonObject | undefined {
    const parts = path.split('/').slice(1);
    if (path === '/') {
      return { paths: this.#paths() };
    }
    if (path === '/version') {
      return this.#versionInfo();
    }
    if (path === '/api') {
      return apiVersions(this.#address);
    }
    if (path === '/api/v1') {
      return apiResourceList('', 'v1');
    }
    if (path === '/apis') {
      return apiGroupList();
    }
    if (parts[0] === 'apis' && parts.length === 2) {
      return apiGroup(parts[1]);
    }
    if (parts[0] === 'apis' && parts.length === 3) {
      return apiResourceList(parts[1], parts[2]);
    }
    if (path === '/openapi/v3') {
      return openApiV3Index();
    }
    if (path.startsWith('/openapi/v3/')) {
      return openApiV3(path.slice('/openapi/v3/'.length), this.#version);
    }
    return undefined;
  }

  #paths(): string[] {
    const groups = groupVersions()
      .filter(({ group }) => group !== '')
      .flatMap(({ group, version }) => [
        `/apis/${group}`,
        `/apis/${group}/${version}`,
      ]);
    return [
      '/api',
      '/api/v1',
      '/apis',
      ...groups,
      '/healthz',
      '/livez',
      '/openapi/v2',
      '/openapi/v3',
      '/readyz',
      '/version',
    ];
  }

  #health(path: string, verbose: boolean, response: ServerResponse): void {
    const [, name, check] = HEALTH.exec(path)!;
    if (check && !['/ping', '/etcd', '/log'].includes(check)) {
      throw unknownPath();
    }
    sendText(
      response,
      200,
      verbose
        ? `[+]ping ok\n[+]log ok\n[+]etcd ok\n${name} check passed\n`
        : 'ok',
    );
  }

  #versionInfo(): JsonObject {
    const [major, minor] = this.#version.replace(/^v/, '').split('.');
    return {
      major,
      minor,
      gitVersion: this.#version,
      gitCommit: '0000000000000000000000000000000000000000',
      gitTreeState: 'clean',
      buildDate: '2025-06-01T00:00:00Z',
      goVersion: 'go1.24.2',
      compiler: 'gc',
      platform: 'linux/amd64',
    };
  }
}
