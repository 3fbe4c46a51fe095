import { InputError, NotAllowedError } from '@backstage/errors';
import { ProxyError } from './ProxyError';
import { requestHeaders } from './requestHeaders';
import { RawRequest, readProxyRequest } from './requestRules';

const PODS = '/api/v1/namespaces/a/pods';
const TABLE =
  'application/json;as=Table;v=v1;g=meta.k8s.io,application/json;as=Table;v=v1beta1;g=meta.k8s.io,application/json';

function read(
  url: string,
  more: Partial<RawRequest> = {},
  deny: string[] = [],
) {
  return readProxyRequest({ method: 'GET', url, ...more }, deny);
}

describe('readProxyRequest', () => {
  it.each<[string, string, object]>([
    ['GET', PODS, { verb: 'list', permission: 'read' }],
    ['GET', `${PODS}/p`, { verb: 'get' }],
    ['GET', `${PODS}?watch=1`, { verb: 'watch', stream: 'watch' }],
    ['GET', `${PODS}?watch=false`, { verb: 'list', query: { watch: 'false' } }],
    ['GET', `${PODS}/p/log`, { verb: 'get', event: 'pod-log' }],
    ['GET', `${PODS}/p/log?follow=true`, { stream: 'log', event: 'pod-log' }],
    ['GET', '/api/v1/secrets', { verb: 'list', event: 'proxy-secret-read' }],
    ['GET', '/api/v1/secrets?watch=true', { event: 'proxy-secret-read' }],
    [
      'POST',
      PODS,
      { verb: 'create', permission: 'write', event: 'proxy-write' },
    ],
    ['POST', `${PODS}/p/eviction`, { verb: 'create', event: 'proxy-write' }],
    ['PUT', `${PODS}/p`, { verb: 'update', event: 'proxy-write' }],
    ['PATCH', `${PODS}/p`, { verb: 'patch', event: 'proxy-write' }],
    ['DELETE', `${PODS}/p`, { verb: 'delete', event: 'proxy-write' }],
    [
      'POST',
      '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews',
      { verb: 'create', permission: 'read', event: undefined },
    ],
    [
      'POST',
      '/apis/authorization.k8s.io/v1/namespaces/a/localsubjectaccessreviews',
      { permission: 'write' },
    ],
  ])('reads %s %s', (method, url, expected) => {
    expect({ event: undefined, ...read(url, { method }) }).toMatchObject(
      expected,
    );
  });

  it('passes on what kubectl asks', () => {
    expect(
      read(
        `${PODS}?limit=500&labelSelector=app%3Dweb%2Ctier+in+%28a%29&timeout=32s`,
        { accept: TABLE },
      ),
    ).toMatchObject({
      query: {
        limit: '500',
        labelSelector: 'app=web,tier in (a)',
        timeout: '32s',
      },
      accept: TABLE.replaceAll(',', ', '),
    });
    expect(read('/openapi/v3/api/v1?hash=AB12').query).toEqual({
      hash: 'AB12',
    });
  });

  it.each([
    ['twice', `${PODS}?watch=true&watch=false`],
    ['in capitals', `${PODS}?WATCH=true`],
    ['as a list', `${PODS}?watch[]=true`],
    ['that is neither yes nor no', `${PODS}?watch=yes`],
    ['without a value', `${PODS}?watch`],
    ['of exec', `${PODS}?command=sh`],
    ['of logs elsewhere', `${PODS}?follow=true`],
    [
      'that turns verification off',
      `${PODS}/p/log?insecureSkipTLSVerifyBackend=true`,
    ],
    ['with a line break', `${PODS}?labelSelector=a%0d%0ab`],
    ['that is not UTF-8', `${PODS}?labelSelector=%ff`],
    ['that is too long', `${PODS}?labelSelector=${'a'.repeat(8200)}`],
    ['of an object', `${PODS}?__proto__=x`],
    ['of discovery', `/apis?watch=true`],
    ['after a second question mark', `${PODS}?limit=1?watch=true&x=1`],
  ])('S27 refuses a parameter %s', (_, url) => {
    expect(() => read(url)).toThrow(InputError);
  });

  it('S27 asks only for types that it passes on', () => {
    const accept = (text?: string, url = PODS) =>
      read(url, { accept: text }).accept;
    expect(accept()).toBe('application/json');
    expect(accept('*/*')).toBe('application/json');
    expect(accept('text/html')).toBe('application/json');
    expect(
      accept('application/vnd.kubernetes.protobuf, application/json'),
    ).toBe('application/json');
    expect(accept('application/json;as=Evil')).toBe('application/json');
    expect(accept('application/json;as=Table\t;v=v1;g=evil')).toBe(
      'application/json',
    );
    const discovery =
      'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList';
    expect(accept(discovery, '/apis')).toBe(discovery);
    const protobuf =
      'application/com.github.proto-openapi.spec.v2@v1.0+protobuf';
    expect(accept(protobuf, '/openapi/v2')).toBe(protobuf);
    expect(accept(protobuf, PODS)).toBe('application/json');
    expect(accept('application/json', `${PODS}/p/log`)).toBe(
      'application/json, */*',
    );
  });

  it.each(['HEAD', 'OPTIONS', 'TRACE', 'CONNECT', 'get', 'SEARCH'])(
    'refuses the method %s',
    method => {
      expect(() => read(PODS, { method })).toThrow(
        expect.objectContaining({ statusCode: 405 }),
      );
    },
  );

  it('refuses to write documents, and to delete collections', () => {
    expect(() => read('/apis', { method: 'POST' })).toThrow(ProxyError);
    expect(() => read(PODS, { method: 'DELETE' })).toThrow(
      'Delete the objects by name',
    );
  });

  it.each([
    ['POST', 'text/plain'],
    ['POST', 'application/json-patch+json'],
    ['PATCH', 'application/json'],
    ['PUT', 'multipart/form-data; boundary=x'],
    ['PATCH', 'application/vnd.kubernetes.protobuf'],
    ['POST', 'application/cbor'],
  ])('refuses a body with %s of %s', (method, contentType) => {
    expect(() => read(`${PODS}/p`, { method, contentType })).toThrow(
      expect.objectContaining({ statusCode: 415 }),
    );
  });

  it('S27 writes all headers itself', () => {
    const asked = read(`${PODS}/p`, {
      method: 'PATCH',
      contentType: 'Application/Apply-Patch+YAML; charset=utf-8',
      accept: 'application/json',
    });
    expect(requestHeaders(asked, 'an-id')).toEqual({
      accept: 'application/json',
      'audit-id': 'an-id',
      'content-type': 'application/apply-patch+yaml',
      'user-agent': 'berth-proxy',
    });
  });

  it.each([
    ['secrets', '/api/v1/secrets'],
    ['secrets', '/api/v1/namespaces/a/secrets/s'],
    ['secrets', '/api/v1/namespaces/a/secrets?watch=true'],
    ['nodes/stats', '/api/v1/nodes/n/stats'],
    ['pods', `${PODS}/p/log`],
    ['deployments.apps', '/apis/apps/v1/deployments'],
    ['deployments', '/apis/apps/v1/deployments'],
  ])('S29 takes %s away from %s', (entry, url) => {
    expect(() => read(url, {}, ['configmaps', entry])).toThrow(NotAllowedError);
  });

  it.each([
    ['nodes/stats', '/api/v1/nodes/n'],
    ['deployments.apps', '/apis/example.com/v1/deployments'],
    ['secrets', '/apis/example.com/v1/secret-stores'],
    ['secrets', '/api/v1/namespaces/secrets/pods'],
  ])('does not take %s away from %s', (entry, url) => {
    expect(read(url, {}, [entry])).toBeDefined();
  });
});
