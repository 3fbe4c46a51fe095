import { InputError } from '@backstage/errors';
import { stringify } from 'yaml';
import { AddressPolicy } from '../../kube';
import { TestAuthority } from '../../kube/__testUtils__/certificates';
import {
  serviceAccountToken,
  testStrategies,
} from '../__testUtils__/testStrategies';
import { checkRegistration, parseRegistration } from './registration';

const rules = {
  policy: AddressPolicy.create(),
  proxy: true,
  strategies: testStrategies(),
};

describe('registration from a kubeconfig', () => {
  let ca: string;
  let file: Record<string, unknown>;

  beforeAll(async () => {
    ca = (await TestAuthority.create('ca')).pem;
    const caData = Buffer.from(ca).toString('base64');
    const cluster = (name: string, more = {}) => ({
      name,
      cluster: {
        server: `https://${name}.example.com`,
        'certificate-authority-data': caData,
        ...more,
      },
    });
    file = {
      contexts: ['one', 'two', 'bent'].map(name => ({
        name: `${name}-context`,
        context: { cluster: name, user: `${name}-user` },
      })),
      'current-context': 'two-context',
      clusters: [
        cluster('one'),
        cluster('two'),
        cluster('bent', { 'proxy-url': 'http://proxy' }),
      ],
      users: [
        { name: 'one-user', user: { token: serviceAccountToken() } },
        {
          name: 'two-user',
          user: { exec: { command: 'touch', args: ['/tmp/berth-was-run'] } },
        },
      ],
    };
  });

  const check = (body: object) => checkRegistration(body, rules);
  const kubeconfig = (changes: object = {}) =>
    stringify({ ...file, ...changes });

  it('takes name, address and CA from the named context', () => {
    const { settings, credential } = parseRegistration(
      { kubeconfig: kubeconfig(), context: 'one-context', title: 'One' },
      rules,
    );
    expect(settings).toMatchObject({
      name: 'one',
      title: 'One',
      apiServer: 'https://one.example.com',
      caPem: `${ca.trim()}\n`,
      connection: 'oidc',
    });
    expect(credential).toBeUndefined();
  });

  it('prefers an explicit name', () => {
    const { preview } = check({
      kubeconfig: kubeconfig(),
      context: 'one-context',
      name: 'My Cluster',
    });
    expect(preview.name).toBe('mycluster');
  });

  it('S26 takes the token if the connection stores one, and shows it nowhere', () => {
    const body = { kubeconfig: kubeconfig(), context: 'one-context' };
    const { preview, cluster } = check({
      ...body,
      connection: 'serviceAccount',
    });
    expect(cluster?.credential).toEqual({ token: serviceAccountToken() });
    expect(preview.kubeconfig?.contexts[0].notTaken.credentials).toEqual([
      'token',
    ]);
    expect(JSON.stringify(preview)).not.toContain('eyJ');
  });

  it('says that a credential plugin is not run', () => {
    const { preview } = check({
      kubeconfig: kubeconfig(),
      context: 'two-context',
      connection: 'serviceAccount',
    });
    expect(preview.problems).toEqual([
      {
        path: ['credential'],
        message: expect.stringContaining('credential.token is missing'),
      },
    ]);
  });

  it.each<[string, object, string, RegExp]>([
    ['several contexts', {}, 'context', /one of "one-context", "two-context"/],
    [
      'an unknown context',
      { context: 'three' },
      'context',
      /"three" is not in the kubeconfig; there are "one-context", "two/,
    ],
    ['an odd context', { context: 7 }, 'context', /must be of type string/],
    [
      'an unsupported setting',
      { context: 'bent-context' },
      'kubeconfig',
      /sets proxy-url for the context "bent-context", which is not supported/,
    ],
    [
      'two addresses',
      { context: 'one-context', apiServer: 'https://x' },
      'apiServer',
      /together with a kubeconfig/,
    ],
    ['no YAML', { kubeconfig: 'a: [' }, 'kubeconfig', /neither YAML nor JSON/],
    ['another type', { kubeconfig: {} }, 'kubeconfig', /of type string/],
    [
      'too much',
      { kubeconfig: 'x'.repeat(1024 * 1024 + 1) },
      'kubeconfig',
      /larger than 64 KiB/,
    ],
    [
      'a bomb',
      {
        kubeconfig: [
          'a: &a [x, x, x, x, x, x, x, x, x, x, x, x]',
          'b: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a]',
          'c: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b, *b, *b, *b]',
          'd: [*c, *c, *c, *c, *c, *c, *c, *c, *c, *c, *c, *c, *c]',
        ].join('\n'),
      },
      'kubeconfig',
      /too many values or YAML aliases/,
    ],
  ])('refuses %s, naming the field', (_, changes, field, message) => {
    const body = { kubeconfig: kubeconfig(), ...changes };
    const { preview, cluster } = check(body);
    expect(cluster).toBeUndefined();
    expect(preview.problems).toEqual([
      { path: [field], message: expect.stringMatching(message) },
    ]);
    expect(() => parseRegistration(body, rules)).toThrow(InputError);
  });

  it('refuses an address from the kubeconfig like a typed one', () => {
    const { preview } = check({
      kubeconfig: kubeconfig({
        contexts: undefined,
        clusters: [
          {
            name: 'local',
            cluster: {
              server: 'https://127.0.0.1:6443',
              'certificate-authority-data': Buffer.from(ca).toString('base64'),
            },
          },
        ],
      }),
    });
    expect(preview).toMatchObject({
      name: 'local',
      problems: [{ path: ['apiServer'] }],
    });
    expect(preview).not.toHaveProperty('apiServer');
  });
});
