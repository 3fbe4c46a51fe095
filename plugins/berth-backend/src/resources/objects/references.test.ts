import {
  ingressSecrets,
  ingressServices,
  podReferences,
  routeServices,
  selectorText,
  selects,
} from './references';

describe('podReferences', () => {
  it('finds what the pods use, each once', () => {
    expect(
      podReferences({
        spec: {
          serviceAccountName: 'robot',
          imagePullSecrets: [{ name: 'registry' }],
          volumes: [
            { configMap: { name: 'settings' } },
            { secret: { secretName: 'certificate', optional: true } },
            { persistentVolumeClaim: { claimName: 'data' } },
            {
              projected: {
                sources: [
                  { configMap: { name: 'ca' } },
                  { secret: { name: 'key' } },
                ],
              },
            },
          ],
          initContainers: [{ envFrom: [{ configMapRef: { name: 'init' } }] }],
          containers: [
            {
              envFrom: [{ secretRef: { name: 'certificate' } }],
              env: [
                {
                  valueFrom: {
                    configMapKeyRef: { name: 'settings', key: 'a' },
                  },
                },
                {
                  valueFrom: {
                    secretKeyRef: { name: 'maybe', key: 'b', optional: true },
                  },
                },
                { name: 'PLAIN', value: 'x' },
              ],
            },
          ],
        },
      }).map(({ plural, name, optional }) => [plural, name, optional]),
    ).toEqual([
      ['configmaps', 'settings', false],
      ['secrets', 'certificate', false],
      ['persistentvolumeclaims', 'data', false],
      ['configmaps', 'ca', false],
      ['secrets', 'key', false],
      ['configmaps', 'init', false],
      ['secrets', 'maybe', true],
      ['secrets', 'registry', true],
      ['serviceaccounts', 'robot', false],
    ]);
  });

  it('S32 finds nothing in fields of wrong types', () => {
    expect(
      podReferences({
        spec: {
          volumes: 'x',
          containers: [null, { env: [5] }],
          serviceAccountName: {},
        },
      }),
    ).toEqual([]);
  });
});

describe('references between Services and what routes to them', () => {
  it.each([
    [
      'networking.k8s.io/v1',
      {
        defaultBackend: { service: { name: 'a' } },
        tls: [{ secretName: 'tls' }],
        rules: [{ http: { paths: [{ backend: { service: { name: 'b' } } }] } }],
      },
    ],
    [
      'extensions/v1beta1',
      {
        backend: { serviceName: 'a' },
        tls: [{ secretName: 'tls' }],
        rules: [{ http: { paths: [{ backend: { serviceName: 'b' } }] } }],
      },
    ],
  ])('reads an Ingress of %s', (_, spec) => {
    expect(ingressServices({ spec })).toEqual(['a', 'b']);
    expect(ingressSecrets({ spec })).toEqual(['tls']);
  });

  it('reads an HTTPRoute', () => {
    expect(
      routeServices({
        metadata: { namespace: 'web' },
        spec: {
          rules: [
            {
              backendRefs: [
                { name: 'a' },
                { name: 'b', namespace: 'other' },
                { kind: 'Bucket', name: 'c' },
              ],
            },
          ],
        },
      }),
    ).toEqual(['a']);
  });
});

describe('selectors', () => {
  const SELECTOR = {
    matchLabels: { app: 'web' },
    matchExpressions: [
      { key: 'tier', operator: 'In', values: ['a', 'b'] },
      { key: 'old', operator: 'DoesNotExist' },
      { key: 'zone', operator: 'NotIn', values: ['z'] },
      { key: 'name', operator: 'Exists' },
    ],
  };

  it('are written for the API', () => {
    expect(selectorText(SELECTOR)).toBe(
      'app=web,tier in (a,b),!old,zone notin (z),name',
    );
    expect(selectorText({})).toBeUndefined();
  });

  it.each([
    [{ app: 'web', tier: 'a', name: 'x' }, true],
    [{ app: 'web', tier: 'c', name: 'x' }, false],
    [{ app: 'web', tier: 'a', name: 'x', old: '' }, false],
    [{ app: 'web', tier: 'a', name: 'x', zone: 'z' }, false],
    [{ app: 'web', tier: 'a' }, false],
    [{}, false],
  ])('select %j: %p', (labels, selected) => {
    expect(selects(SELECTOR, labels)).toBe(selected);
  });
});
