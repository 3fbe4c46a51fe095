import { maskForComparison, maskSecret } from './secrets';

const VALUE = 'planted-value-4711';
const BASE64 = Buffer.from(VALUE).toString('base64');

const secret = (fields: object) => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name: 's' },
  ...fields,
});

describe('S57 maskSecret', () => {
  it.each([
    ['data', { data: { password: BASE64 } }],
    ['stringData', { stringData: { password: VALUE } }],
    [
      'a token of a service account',
      {
        type: 'kubernetes.io/service-account-token',
        data: { token: BASE64, namespace: 'YQ==' },
      },
    ],
    [
      'credentials of a registry',
      {
        type: 'kubernetes.io/dockerconfigjson',
        data: { '.dockerconfigjson': BASE64 },
      },
    ],
    [
      'a release of Helm',
      { type: 'helm.sh/release.v1', data: { release: BASE64 } },
    ],
    [
      'the annotation of kubectl apply',
      {
        data: { password: BASE64 },
        metadata: {
          annotations: {
            'kubectl.kubernetes.io/last-applied-configuration': `{"data":{"password":"${BASE64}"}}`,
          },
        },
      },
    ],
    [
      'annotations and labels that repeat a value',
      {
        data: { password: BASE64 },
        metadata: {
          annotations: { note: `it is ${VALUE}.`, encoded: BASE64 },
          labels: { tier: VALUE },
        },
      },
    ],
    [
      'another object in an annotation',
      {
        metadata: {
          annotations: {
            'example.com/original': VALUE,
            'objectset.rio.cattle.io/applied': VALUE,
            'example.com/json': `{"password":"${VALUE}"}`,
            'example.com/list': `["${VALUE}"]`,
            'example.com/gzip': `H4sI${VALUE}`,
            'example.com/long': `${VALUE}${' '.repeat(256)}`,
          },
        },
      },
    ],
    ['a value that is not a map', { data: [VALUE] }],
  ])('hides the values of %s', (_, fields) => {
    const masked = JSON.stringify(maskSecret(secret(fields)));
    expect(masked).not.toContain(VALUE);
    expect(masked).not.toContain(BASE64);
  });

  it.each([
    ['with quotes', 'planted\n"value"', 'planted\\n\\"value\\"'],
    [
      'with signs that Go escapes',
      'planted<&>',
      'planted\\u003c\\u0026\\u003e',
    ],
  ])('hides a copy in JSON of a value %s', (_, value, copy) => {
    const { object } = maskSecret(
      secret({
        data: { a: Buffer.from(value).toString('base64') },
        metadata: { annotations: { note: `it is ${copy}` } },
      }),
    );
    expect(object).toMatchObject({ metadata: { annotations: { note: '' } } });
  });

  it('hides the values of both versions in both', () => {
    const version = (value: string, note: string) =>
      secret({
        data: { a: Buffer.from(value).toString('base64') },
        metadata: { annotations: { note } },
      });
    const compared = JSON.stringify(
      maskForComparison(
        version('planted-old', 'now planted-new'),
        version('planted-new', 'was planted-old'),
      ),
    );
    expect(compared).not.toContain('planted');
  });

  it('keeps keys, lengths and all other fields', () => {
    expect(
      maskSecret(
        secret({
          metadata: {
            name: 's',
            annotations: { note: 'of team a', short: 'a' },
          },
          type: 'Opaque',
          data: { password: BASE64, letter: 'YQ==' },
        }),
      ),
    ).toEqual({
      object: secret({
        metadata: { name: 's', annotations: { note: 'of team a', short: '' } },
        type: 'Opaque',
        data: { password: '', letter: '' },
      }),
      keys: [
        { key: 'password', bytes: VALUE.length },
        { key: 'letter', bytes: 1 },
      ],
    });
  });

  it('compares without the values', () => {
    expect(
      maskForComparison(
        secret({ data: { same: BASE64, other: 'YQ==' } }),
        secret({ data: { same: BASE64, other: 'Yg==', added: BASE64 } }),
      ),
    ).toEqual([
      secret({ data: { same: '(hidden)', other: '(hidden)' } }),
      secret({
        data: {
          same: '(hidden)',
          other: '(hidden, changed)',
          added: '(hidden)',
        },
      }),
    ]);
  });
});
