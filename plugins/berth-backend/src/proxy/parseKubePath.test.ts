import { InputError, NotAllowedError } from '@backstage/errors';
import fc from 'fast-check';
import { parseKubePath, writeKubePath } from './parseKubePath';

describe('parseKubePath', () => {
  it.each<[string, object]>([
    ['/version', { segments: ['version'] }],
    ['/api', { segments: ['api'] }],
    ['/apis', { segments: ['apis'] }],
    ['/api/v1', { segments: ['api', 'v1'] }],
    ['/apis/apps', { segments: ['apis', 'apps'] }],
    ['/apis/apps/v1', { segments: ['apis', 'apps', 'v1'] }],
    ['/openapi/v2', { segments: ['openapi', 'v2'] }],
    ['/openapi/v3', { segments: ['openapi', 'v3'] }],
    ['/openapi/v3/apis/apps/v1', { kind: 'document' }],
    ['/api/v1/pods', { group: '', version: 'v1', resource: 'pods' }],
    ['/api/v1/namespaces', { resource: 'namespaces' }],
    ['/api/v1/namespaces/a', { resource: 'namespaces', name: 'a' }],
    [
      '/api/v1/namespaces/a/finalize',
      { resource: 'namespaces', name: 'a', subresource: 'finalize' },
    ],
    ['/api/v1/namespaces/a/pods', { namespace: 'a', resource: 'pods' }],
    [
      '/api/v1/namespaces/a/pods/p/log',
      { namespace: 'a', resource: 'pods', name: 'p', subresource: 'log' },
    ],
    [
      '/apis/rbac.authorization.k8s.io/v1/clusterroles/system:node',
      { group: 'rbac.authorization.k8s.io', name: 'system:node' },
    ],
    ['/apis/x.io/v1/roles/system%3Anode', { name: 'system:node' }],
    ['/api/v1/nodes/n/status', { name: 'n', subresource: 'status' }],
  ])('S28 reads %s', (path, expected) => {
    const parsed = parseKubePath(path);
    expect(parsed).toMatchObject(expected);
    expect(writeKubePath(parsed)).toBe(path.replace('%3A', ':'));
  });

  it.each([
    ['nothing', ''],
    ['a path without a slash', 'api/v1/pods'],
    ['another server', 'http://evil.example.com/api'],
    ['an asterisk', '*'],
    ['a parent', '/api/v1/../../metrics'],
    ['an escaped parent', '/api/v1/%2e%2e/metrics'],
    ['a parent that is escaped twice', '/api/v1/%252e%252e/metrics'],
    ['an escaped slash', '/api/v1/pods%2f1'],
    ['an escaped backslash', '/api/v1/pods%5c1'],
    ['a backslash', '/api/v1/pods\\proxy'],
    ['an empty part', '/api//v1/pods'],
    ['an empty part at the start', '//api/v1/pods'],
    ['an empty part at the end', '/api/v1/pods/'],
    ['a parameter of a part', '/api/v1/pods;x=1'],
    ['NUL', '/api/v1/pods%00'],
    ['a line break', '/api/v1/pods%0d%0aImpersonate-User:%20admin'],
    ['bytes that are not UTF-8', '/api/v1/pods%ff'],
    ['a homoglyph', '/api/v1/namespaces/a/services/s/pr%D0%BExy'],
    ['a capital in a subresource', '/api/v1/namespaces/a/services/s/Proxy'],
    ['a capital in a resource', '/api/v1/Pods'],
    ['half an escape', '/api/v1/pods%2'],
    ['an escaped percent sign', '/api/v1/pods%25'],
    ['the current folder', '/api/v1/./pods'],
    ['a name of 254 characters', `/api/v1/pods/${'x'.repeat(254)}`],
    ['a fragment', '/api/v1/pods#x'],
    ['a space', '/api/v1/po%20ds'],
  ])('S28 refuses %s', (_, path) => {
    expect(() => parseKubePath(path)).toThrow(InputError);
  });

  it.each([
    ['/metrics'],
    ['/logs/x'],
    ['/debug/pprof'],
    ['/healthz'],
    ['/api/v1/watch/pods'],
    ['/api/v1/proxy/nodes/n'],
    ['/apis/apps/v1/watch/deployments'],
    [`/${Array.from({ length: 300 }, () => 'a').join('/')}`],
    [`/api/v1/${Array.from({ length: 300 }, () => 'a').join('/')}`],
    ['/openapi/v4'],
    ['/version/x'],
    ['/api/v1/namespaces/a/status/b'],
  ])('S29 does not pass on %.60s', path => {
    expect(() => parseKubePath(path)).toThrow(NotAllowedError);
  });

  it.each([
    '/api/v1/namespaces/a/pods/p/exec',
    '/api/v1/namespaces/a/pods/p/attach',
    '/api/v1/namespaces/a/pods/p/portforward',
    '/api/v1/namespaces/a/pods/p/proxy',
    '/api/v1/namespaces/a/services/https:s:443/proxy/admin/x',
    '/api/v1/nodes/n/proxy',
    '/api/v1/nodes/n/proxy/metrics/probes',
    '/api/v1/namespaces/a/serviceaccounts/s/token',
    '/api/v1/namespaces/a/pods/p/%65xec',
  ])('S29 never passes on %s', path => {
    expect(() => parseKubePath(path)).toThrow(NotAllowedError);
  });

  it('S28 reads a path that it accepts as the same again from the path that it writes', () => {
    const word = fc.constantFrom(
      ...['api', 'apis', 'v1', 'apps', 'namespaces', 'pods', 'status', 'a'],
      ...['watch', 'proxy', 'log', 'exec', 'openapi', 'v3', 'system:a', 'A.b'],
      ...['%61', '%2e', '..', '', '%3A', 'x%2fy', 'version', '%70roxy'],
    );
    fc.assert(
      fc.property(
        fc.oneof(fc.array(word, { maxLength: 8 }), fc.array(fc.string())),
        segments => {
          const raw = `/${segments.join('/')}`;
          let parsed;
          try {
            parsed = parseKubePath(raw);
          } catch {
            return;
          }
          const written = writeKubePath(parsed);
          expect(written).toMatch(/^(\/[A-Za-z0-9._:-]+)+$/);
          expect([
            'proxy',
            'exec',
            'attach',
            'portforward',
            'token',
          ]).not.toContain(
            'subresource' in parsed ? parsed.subresource : undefined,
          );
          expect(parseKubePath(written)).toEqual(parsed);
        },
      ),
    );
  });
});
