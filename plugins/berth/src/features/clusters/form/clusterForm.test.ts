import { CA_PEM, aCluster } from '../../../__testUtils__/fixtures';
import { set } from 'react-hook-form';
import {
  ALIASES,
  CLUSTER_FIELDS,
  ClusterField,
  ClusterFormValues,
  EMPTY_VALUES,
  changesOf,
  createRequestOf,
  valuesOf,
} from './clusterForm';
import { ClusterFieldError, clusterSchema } from './clusterSchema';
import { messagesAt } from '../../../kit/form';

type Changes = Partial<Record<ClusterField, string>>;

function withChanges(
  values: ClusterFormValues,
  changes: Changes,
): ClusterFormValues {
  const changed = JSON.parse(JSON.stringify(values));
  for (const [field, value] of Object.entries(changes)) {
    set(changed, field, value);
  }
  return changed;
}

/** The first error of each field. */
function errorsOf(
  values: ClusterFormValues,
  takenNames = new Set<string>(),
  storedConnection?: string,
): Record<string, string> {
  const { error } = clusterSchema(takenNames, storedConnection).safeParse(
    values,
  );
  return Object.fromEntries(
    (error?.issues ?? [])
      .map(({ path, message }) => [path.join('.'), message])
      .reverse(),
  );
}

const VALID: ClusterFormValues = {
  ...EMPTY_VALUES,
  name: 'Prod 01',
  title: 'Production',
  apiServer: 'https://10.0.0.1:6443',
  caData: CA_PEM,
  usernamePrefix: '',
  groupsPrefix: 'oidc:',
};

const KEY =
  '-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----';

describe('the schema of a cluster', () => {
  it.each<Changes>([
    {},
    { title: '' },
    { caData: btoa(CA_PEM) },
    { caData: `${CA_PEM}${CA_PEM}` },
    { apiServer: ' https://rancher.example.com/k8s/clusters/c-1 ' },
    { apiServer: 'https://[2001:db8::1]:6443' },
    { namespacePrefix: 'team-' },
    { labels: 'stage=production\n\n example.com/tier = gold ' },
    {
      links:
        'The console https://console.example.com/a b https://b.example.com',
    },
    { 'nodePlacement.tolerations': '- operator: Exists' },
    { 'ingress.className': 'nginx', 'ingress.certificate': 'default' },
    { connection: 'serviceAccount', credential: 'token' },
  ])('accepts %j', changes => {
    expect(errorsOf(withChanges(VALID, changes))).toEqual({});
  });

  it.each<[ClusterField, string, ClusterFieldError]>([
    ['name', '', 'nameEmpty'],
    ['name', '--- !', 'nameEmpty'],
    ['name', 'Taken!', 'nameTaken'],
    ['title', 'x'.repeat(201), 'titleTooLong'],
    ['apiServer', ' ', 'apiServerEmpty'],
    ['apiServer', 'http://10.0.0.1', 'apiServerHttps'],
    ['apiServer', '10.0.0.1:6443', 'apiServerHttps'],
    ['apiServer', 'https://me:secret@10.0.0.1', 'apiServerUserinfo'],
    ['apiServer', 'https://10.0.0.1/?a=b', 'apiServerQuery'],
    ['apiServer', 'https://10.0.0.1/#a', 'apiServerQuery'],
    ['apiServer', 'https://', 'apiServerHost'],
    ['apiServer', 'https://a b', 'apiServerHost'],
    ['apiServer', 'https://host:99999', 'apiServerHost'],
    ['caData', '', 'caEmpty'],
    ['caData', 'certificate', 'caNotPem'],
    ['caData', '-----BEGIN CERTIFICATE-----\nAAAA', 'caNotPem'],
    ['caData', KEY, 'caPrivateKey'],
    ['caData', `${CA_PEM}${KEY}`, 'caPrivateKey'],
    ['caData', btoa(KEY), 'caPrivateKey'],
    ['caData', 'A'.repeat(64 * 1024 + 1), 'caTooLarge'],
    ['usernamePrefix', '-', 'prefixHyphen'],
    ['usernamePrefix', 'a b', 'prefixCharacters'],
    ['groupsPrefix', 'ö:', 'prefixCharacters'],
    ['groupsPrefix', 'System:x', 'prefixSystem'],
    ['groupsPrefix', 'x'.repeat(65), 'prefixTooLong'],
    ['namespacePrefix', 'Team', 'namespacePrefix'],
    ['namespacePrefix', 'x'.repeat(32), 'namespacePrefix'],
    ['labels', 'stage', 'pairs'],
    ['labels', '=production', 'pairs'],
    ['nodePlacement.nodeSelector', 'pool', 'pairs'],
    ['nodePlacement.tolerations', 'key: value', 'tolerations'],
    ['nodePlacement.tolerations', '- x', 'tolerations'],
    ['nodePlacement.tolerations', '- [', 'tolerations'],
    ['links', 'https://console.example.com', 'links'],
    ['links', 'Console http://console.example.com', 'links'],
  ])('refuses %s %j: %s', (field, value, error) => {
    expect(
      errorsOf(withChanges(VALID, { [field]: value }), new Set(['taken'])),
    ).toEqual({ [field]: error });
  });
});

describe('the schema across fields', () => {
  it.each<[Changes, string]>([
    [{ 'ingress.className': 'nginx' }, 'ingress.certificate'],
    [{ 'ingress.annotations': 'a=b' }, 'ingress.certificate'],
    [{ 'ingress.certificate': 'secret' }, 'ingress.tlsSecret'],
    [
      { 'ingress.annotations': 'a: b', 'ingress.certificate': 'default' },
      'ingress.annotations',
    ],
    [{ connection: 'serviceAccount' }, 'credential'],
  ])('finds in %j an error at %s', (changes, field) => {
    expect(Object.keys(errorsOf(withChanges(VALID, changes)))).toEqual([field]);
  });

  it('needs no credential if one is stored', () => {
    const values = { ...VALID, connection: 'serviceAccount' };
    expect(errorsOf(values, new Set(), 'serviceAccount')).toEqual({});
    expect(errorsOf(values, new Set(), 'oidc')).toEqual({
      credential: 'credentialEmpty',
    });
  });
});

describe('requests', () => {
  const cluster = aCluster('prod01', {
    title: 'Production',
    namespacePrefix: 'team-',
    ingress: { className: 'nginx', tlsSecret: 'tls', annotations: { a: 'b' } },
    nodePlacement: {
      nodeSelector: { pool: 'users' },
      tolerations: [{ key: 'dedicated', operator: 'Exists' }],
    },
    labels: { stage: 'production' },
    links: [{ title: 'The console', url: 'https://console.example.com' }],
  });

  it('return the settings that the form was filled from', () => {
    const { id, status, shares, createdAt, owner, etag, ...settings } = cluster;
    expect(createRequestOf('prod01', valuesOf(cluster))).toEqual({
      ...Object.fromEntries(
        Object.entries(settings).filter(([, value]) => value !== ''),
      ),
      caData: CA_PEM.trim(),
    });
  });

  it('contain only changes, and remove emptied fields', () => {
    const values = valuesOf(cluster);
    expect(changesOf(values, { ...values, title: ' Production ' })).toEqual({});
    expect(
      changesOf(
        values,
        withChanges(values, {
          title: '',
          labels: '',
          links: '',
          'ingress.className': '',
          'ingress.annotations': '',
          'ingress.certificate': '',
          'nodePlacement.nodeSelector': 'pool=gpu',
        }),
      ),
    ).toEqual({
      title: '',
      labels: {},
      links: [],
      ingress: {},
      nodePlacement: {
        nodeSelector: { pool: 'gpu' },
        tolerations: [{ key: 'dedicated', operator: 'Exists' }],
      },
    });
  });

  it('contain a credential only if one was typed', () => {
    const values = valuesOf(cluster);
    expect(values.credential).toBe('');
    expect(changesOf(values, { ...values, credential: 'token' })).toEqual({
      credential: { token: 'token' },
    });
  });
});

describe('the problems of a dry run', () => {
  it('appear at the field of the form for each path of the API', () => {
    const problems = [
      ['apiServer'],
      ['ingress'],
      ['ingress', 'tlsSecret'],
      ['nodePlacement', 'tolerations', 0, 'key'],
      ['labels', 'stage'],
      ['links', 1, 'url'],
      ['credential', 'token'],
      [],
    ].map(path => ({ path, message: 'is wrong' }));
    expect(Object.keys(messagesAt(problems, CLUSTER_FIELDS, ALIASES))).toEqual([
      'apiServer',
      'ingress.certificate',
      'ingress.tlsSecret',
      'nodePlacement.tolerations',
      'labels',
      'links',
      'credential',
    ]);
  });
});
