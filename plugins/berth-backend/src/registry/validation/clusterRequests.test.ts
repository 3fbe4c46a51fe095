import { InputError } from '@backstage/errors';
import { ClusterDefaults } from '@berth/plugin-berth-common';
import { AddressPolicy } from '../../kube';
import { TestAuthority } from '../../kube/__testUtils__/certificates';
import {
  serviceAccountToken,
  testStrategies,
} from '../__testUtils__/testStrategies';
import { parseUpdateCluster } from './clusterRequests';
import { parseRegistration } from './registration';

const rules = {
  policy: AddressPolicy.create(),
  proxy: true,
  strategies: testStrategies(),
};
const cluster = { connection: 'oidc' };

describe('clusterRequests', () => {
  let caData: string;
  let valid: Record<string, unknown>;

  beforeAll(async () => {
    caData = (await TestAuthority.create('ca')).pem;
    valid = { name: 'Prod 01', apiServer: 'https://k8s.example.com', caData };
  });

  it('cleans the name, normalises the CA and fills in the defaults', () => {
    expect(parseRegistration(valid, rules).settings).toEqual({
      name: 'prod01',
      apiServer: 'https://k8s.example.com',
      caPem: `${caData.trim()}\n`,
      connection: 'oidc',
      kubectlVia: 'direct',
      usernamePrefix: '',
      groupsPrefix: '',
    });
  });

  it('accepts all fields', () => {
    const settings = {
      title: 'Production',
      connection: 'oidc',
      kubectlVia: 'portal',
      usernamePrefix: 'aks:jwt:',
      groupsPrefix: 'oidc/',
    };
    expect(
      parseRegistration({ ...valid, ...settings }, rules).settings,
    ).toMatchObject(settings);
    expect(
      parseUpdateCluster({ title: ' ', groupsPrefix: '' }, rules, cluster),
    ).toEqual({ change: { title: '', groupsPrefix: '' } });
    expect(parseUpdateCluster({ caData }, rules, cluster)).toEqual({
      change: { caPem: `${caData.trim()}\n` },
    });
    expect(parseUpdateCluster({}, rules, cluster)).toEqual({ change: {} });
  });

  it('accepts all settings next to the address, empty values too', () => {
    const defaults: ClusterDefaults = {
      namespacePrefix: 'user-',
      defaultStorageClass: 'fast.example.com',
      ingress: {
        className: 'nginx',
        annotations: {
          'nginx.ingress.kubernetes.io/configuration-snippet':
            'more_set_headers "X: y";\n',
        },
        tlsSecret: 'sessions-tls',
      },
      nodePlacement: {
        nodeSelector: { 'example.com/pool': 'user' },
        tolerations: [
          { key: 'dedicated', value: 'user', effect: 'NoSchedule' },
          {
            key: 'gpu',
            operator: 'Exists',
            effect: 'NoExecute',
            tolerationSeconds: 5,
          },
          { operator: 'Exists' },
        ],
      },
      labels: { 'example.com/region': 'eu', tier: '' },
      links: [{ title: 'Console', url: 'https://console.example.com/c?x=1' }],
    };
    expect(
      parseRegistration({ ...valid, ...defaults }, rules).settings,
    ).toMatchObject(defaults);
    const nothing: ClusterDefaults = {
      namespacePrefix: '',
      defaultStorageClass: '',
      ingress: {},
      nodePlacement: {},
      labels: {},
      links: [],
    };
    expect(parseUpdateCluster(nothing, rules, cluster).change).toEqual(nothing);
  });

  it.each<[string, unknown, RegExp]>([
    ['name', '', /name "" must hold at least one letter/],
    ['name', '---', /name "---" must hold/],
    ['name', 'x'.repeat(201), /name "x+\.\.\. must be at most 200 characters/],
    ['name', 7, /name 7 must be of type string/],
    ['name', undefined, /name is missing/],
    ['title', 'x'.repeat(201), /title .* must be at most 200 characters/],
    ['title', 'a\nb', /title "a\\nb" must be one line/],
    ['title', null, /title must be of type string/],
    ['apiServer', 'http://k8s.example.com', /apiServer .*https:\/\//],
    ['apiServer', 'https://127.0.0.1', /apiServer "https:\/\/127.0.0.1"/],
    ['apiServer', undefined, /apiServer is missing/],
    ['caData', '', /caData is empty/],
    ['caData', [1], /caData must be of type string/],
    ['connection', 'magic', /connection "magic" must be one of oidc, service/],
    ['credential', { token: 7 }, /credential must be an object of texts/],
    ['credential', { token: 'x' }, /"oidc" stores none/],
    ['namespacePrefix', 'Team', /namespacePrefix "Team" must be lowercase/],
    ['namespacePrefix', 'kube-x', /namespacePrefix .* system namespace/],
    ['namespacePrefix', 'berth-', /namespacePrefix .* system namespace/],
    ['namespacePrefix', 'x'.repeat(32), /namespacePrefix .* at most 31/],
    [
      'defaultStorageClass',
      'A b',
      /defaultStorageClass "A b" must be the name/,
    ],
    ['ingress', { className: 'nginx' }, /ingress must hold exactly one of tls/],
    ['ingress', { useDefaultCertificate: false }, /ingress must hold exactly/],
    [
      'ingress',
      { tlsSecret: 'tls', useDefaultCertificate: true },
      /ingress must hold exactly one of tlsSecret and "useDefaultCertificate"/,
    ],
    [
      'ingress',
      { tlsSecret: 'tls', annotations: { 'a b': 'x' } },
      /annotations"\] holds the key "a b", which must be a Kubernetes key/,
    ],
    [
      'nodePlacement',
      { nodeSelector: { zone: 'a b' } },
      /nodePlacement\["nodeSelector"\]\["zone"\] "a b" must be a label value/,
    ],
    [
      'nodePlacement',
      { tolerations: [{ effect: 'NoSchedule' }] },
      /tolerations"\]\[0\] must hold a key, or the operator "Exists"/,
    ],
    [
      'nodePlacement',
      { tolerations: [{ key: 'a', operator: 'Exists', value: 'b' }] },
      /must hold no value with the operator "Exists"/,
    ],
    [
      'nodePlacement',
      { tolerations: [{ key: 'a', tolerationSeconds: 5 }] },
      /must hold tolerationSeconds only with the effect "NoExecute"/,
    ],
    ['labels', { 'x/y/z': 'a' }, /labels holds the key "x\/y\/z", which must/],
    ['labels', { a: '-' }, /labels\["a"\] "-" must be a label value/],
    [
      'links',
      [{ title: 'Console', url: 'http://console' }],
      /links\[0\]\["url"\] "http:\/\/console" must be an https:\/\/ address/,
    ],
    ['links', [{ title: 'C', url: 'data:text/html,x' }], /must be an https/],
    ['links', [{ title: 'C', url: 'https://u:p@x' }], /without a user name/],
    ['links', [{ title: ' ', url: 'https://x' }], /must not be empty/],
    ['usernamePrefix', 'a b', /usernamePrefix "a b" must be printable ASCII/],
    ['usernamePrefix', 'é', /usernamePrefix "\\u\{e9\}" must be printable/],
    ['usernamePrefix', 'system:', /must not begin with "system:"/],
    ['usernamePrefix', '-', /usernamePrefix "-" must be empty/],
    ['groupsPrefix', 'SYSTEM:x', /groupsPrefix .*must not begin/],
    ['groupsPrefix', 'x'.repeat(65), /groupsPrefix .* at most 64 characters/],
    ['kubectlVia', 'proxy', /kubectlVia "proxy" must be "direct" or "portal"/],
    ['id', '01J', /"id" is not a field here; there are name, title/],
  ])('refuses %s %j', (field, value, message) => {
    const act = () => parseRegistration({ ...valid, [field]: value }, rules);
    expect(act).toThrow(InputError);
    expect(act).toThrow(message);
  });

  it('refuses kubectl through a portal that passes nothing on', () => {
    const withoutProxy = { ...rules, proxy: false };
    expect(() =>
      parseUpdateCluster({ kubectlVia: 'portal' }, withoutProxy, cluster),
    ).toThrow(
      'kubectlVia "portal" must be "direct", because berth.proxy.enabled is false',
    );
    expect(
      parseUpdateCluster({ kubectlVia: 'direct' }, withoutProxy, cluster),
    ).toEqual({ change: { kubectlVia: 'direct' } });
  });

  it.each(['name', 'status', 'ttl', 'owner', 'etag'])(
    'S9 refuses to update %s',
    field => {
      expect(() =>
        parseUpdateCluster({ [field]: 'x' }, rules, cluster),
      ).toThrow(`"${field}" is not a field here`);
    },
  );

  it('refuses a __proto__ field', () => {
    expect(() =>
      parseUpdateCluster(
        JSON.parse('{"__proto__": {"title": "x"}}'),
        rules,
        cluster,
      ),
    ).toThrow('"__proto__" is not a field here');
  });

  it.each([undefined, null, 'text', 7, []])('refuses the body %j', body => {
    expect(() => parseRegistration(body, rules)).toThrow(
      new InputError('the body must be a JSON object'),
    );
  });

  it('reports all problems at once', () => {
    expect(() =>
      parseRegistration(
        { name: '!', apiServer: 'ftp://x', caData: 'x', color: 'red' },
        rules,
      ),
    ).toThrow(/name "!".*apiServer.*caData.*"color"/s);
  });

  it('S26 requires the credential of a new connection, and shows none', () => {
    const change = (body: object) => () =>
      parseUpdateCluster(body, rules, cluster);
    expect(change({ connection: 'serviceAccount' })).toThrow(
      'credential.token is missing',
    );
    const token = 'an-opaque-secret';
    for (const credential of [token, { token }, { token, more: token }]) {
      const act = change({ connection: 'serviceAccount', credential });
      expect(act).toThrow(/^credential/);
      expect(act).not.toThrow(token);
    }
    const credential = { token: serviceAccountToken() };
    expect(change({ connection: 'serviceAccount', credential })()).toEqual({
      change: { connection: 'serviceAccount' },
      credential,
    });
  });

  it('S48 requires an account in a namespace that no one can request', () => {
    const change = (namespace: string) => () =>
      parseUpdateCluster(
        {
          connection: 'serviceAccount',
          credential: {
            token: serviceAccountToken(
              {},
              `system:serviceaccount:${namespace}:portal`,
            ),
          },
        },
        rules,
        cluster,
      );
    expect(change('berth-portal')).not.toThrow();
    expect(change('kube-system')).not.toThrow();
    expect(change('tools')).toThrow(
      /service account portal in the namespace tools, which people can request/,
    );
  });

  it('S46 shows no key that was entered in any field', () => {
    const key = `-----BEGIN PRIVATE KEY-----\n${'MIIEvQIBADANBg'.repeat(40)}`;
    const values = [key, Buffer.from(key).toString('base64')];
    const bodies = ['name', 'title', 'apiServer', 'caData', 'x'].flatMap(
      field => values.map(value => ({ ...valid, [field]: value })),
    );
    bodies.forEach(body => {
      const act = () => parseRegistration(body, rules);
      expect(act).toThrow(InputError);
      expect(act).not.toThrow(/MIIEvQ|TUlJRXZR/);
    });
  });
});
