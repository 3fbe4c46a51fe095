import fc from 'fast-check';
import { readProxyRequest } from '../../proxy/requestRules';
import { describeRequest, judgeRelayed, RelayScope } from './relayRules';

const APPLY: RelayScope = { mode: 'apply', namespace: 'shop', allowed: [] };
const PREVIEW: RelayScope = { ...APPLY, mode: 'preview' };
const REVIEWS = '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews';

function judge(
  method: string,
  url: string,
  scope: RelayScope,
  bodyName?: string,
) {
  return judgeRelayed(readProxyRequest({ method, url }, []), scope, bodyName);
}

describe('judgeRelayed', () => {
  it.each([
    ['GET', '/version', 'read'],
    ['GET', '/openapi/v3/apis/apps/v1?hash=A', 'read'],
    ['GET', '/api/v1/namespaces/other/secrets?watch=true', 'read'],
    ['GET', '/api/v1/namespaces/shop/pods/p/log', 'read'],
    ['POST', REVIEWS, 'read'],
    ['POST', '/api/v1/namespaces/shop/secrets?dryRun=All', 'dryRun'],
    ['PATCH', '/api/v1/nodes/a?dryRun=All', 'dryRun'],
  ])('H4 passes on %s %s of a preview', (method, url, effect) => {
    expect(judge(method, url, PREVIEW)).toBe(effect);
  });

  it.each([
    ['POST', '/api/v1/namespaces/shop/secrets'],
    ['POST', '/api/v1/namespaces/shop/secrets?dryRun='],
    ['POST', '/api/v1/namespaces/shop/secrets?dryRun=all'],
    ['PUT', '/api/v1/namespaces/shop/secrets/s?fieldManager=All'],
    ['PATCH', '/apis/apps/v1/namespaces/shop/deployments/d/scale'],
    // The API server ignores the query if the options are in the body.
    ['DELETE', '/api/v1/namespaces/shop/secrets/s?dryRun=All'],
    [
      'POST',
      '/apis/authorization.k8s.io.example.com/v1/selfsubjectaccessreviews',
    ],
  ])('H4 refuses %s %s of a preview', (method, url) => {
    expect(() => judge(method, url, PREVIEW)).toThrow(
      'A preview writes nothing',
    );
  });

  const word = fc.constantFrom(
    ...['api', 'apis', 'v1', 'namespaces', 'shop', 'secrets', 'pods', 'log'],
    ...['status', 'scale', 'exec', 'authorization.k8s.io', 'proxy', 'token'],
    ...['selfsubjectaccessreviews', '%2e%2e', '..', '', 'watch', 'eviction'],
  );
  const query = fc.constantFrom(
    ...[
      '',
      '?dryRun=All',
      '?dryRun=None',
      '?DryRun=All',
      '?dryRun=All&dryRun=',
    ],
    ...['?dryRun=%41ll', '?watch=1', '?dryRun=All&x=1', '?force=true'],
  );

  it('H4 passes on nothing of a preview that could write, for any method, path and query', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(
          'GET',
          'POST',
          'PUT',
          'PATCH',
          'DELETE',
          'CONNECT',
          'get',
        ),
        fc.array(word, { maxLength: 8 }),
        query,
        (method, words, search) => {
          const url = `/${words.join('/')}${search}`;
          const effect = effectOf(() => judge(method, url, PREVIEW));
          const harmless =
            method === 'GET' ||
            (method !== 'DELETE' && /^\?dryRun=(%41|A)ll$/.test(search)) ||
            /\/authorization\.k8s\.io\/v1\/[a-z/]*selfsubjectaccessreviews/.test(
              url,
            );
          expect(effect).not.toBe('write');
          expect(effect === undefined || harmless).toBe(true);
        },
      ),
      { numRuns: 5_000 },
    );
  });

  it.each([
    'exec',
    'attach',
    'portforward',
    'proxy',
    'token',
    'eviction',
    'binding',
    'ephemeralcontainers',
    'finalize',
    'approval',
  ])('never passes on %s', subresource => {
    const url = `/api/v1/namespaces/shop/pods/p/${subresource}`;
    for (const method of ['GET', 'POST', 'PUT']) {
      expect(() => judge(method, url, APPLY)).toThrow(
        /does not pass (on )?.*requests/,
      );
    }
  });

  const ROLE = { group: 'rbac.authorization.k8s.io', resource: 'clusterroles' };
  const ROLES = `/apis/${ROLE.group}/v1/clusterroles`;
  const MAPS = '/api/v1/namespaces/other/configmaps';
  const SHOWN: RelayScope = {
    ...APPLY,
    allowed: [
      { ...ROLE, name: 'web' },
      { group: '', resource: 'configmaps', namespace: 'other', name: 'web' },
    ],
  };

  it.each([
    ['DELETE', '/api/v1/namespaces/shop/secrets/s', undefined],
    ['POST', '/api/v1/namespaces/shop/secrets', undefined],
    ['PATCH', `${ROLES}/web`, undefined],
    ['POST', ROLES, 'web'],
    ['POST', MAPS, 'web'],
    ['DELETE', `${MAPS}/web`, undefined],
  ])('H5 passes on %s %s of an operation', (method, url, name) => {
    expect(judge(method, url, SHOWN, name)).toBe('write');
  });

  it.each([
    ['PATCH', `${ROLES}/other`, undefined],
    ['POST', ROLES, 'other'],
    ['POST', ROLES, undefined],
    ['PATCH', `${MAPS}/other`, undefined],
    ['PATCH', '/api/v1/namespaces/third/configmaps/web', undefined],
    ['PATCH', '/api/v1/namespaces/other/secrets/web', undefined],
    ['PATCH', '/apis/example.com/v1/clusterroles/web', undefined],
    ['DELETE', '/api/v1/namespaces/shop', undefined],
    ['PUT', '/api/v1/namespaces/shop/status', undefined],
  ])('H5 refuses %s %s of an operation', (method, url, name) => {
    expect(() => judge(method, url, SHOWN, name)).toThrow(
      'The preview did not show this write outside shop',
    );
  });
});

it('describes requests in words', () => {
  const described = (method: string, url: string) =>
    describeRequest(readProxyRequest({ method, url }, []));
  expect(
    described('PATCH', '/apis/apps/v1/namespaces/a/deployments/d/scale'),
  ).toBe('patch deployments.apps/d (scale) in a');
  expect(described('GET', '/openapi/v2')).toBe('get /openapi/v2');
});

/** @returns undefined for a request that is refused */
function effectOf(read: () => string): string | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
