import { InputError } from '@backstage/errors';
import { AddressPolicy } from '../../kube';
import { TestAuthority } from '../../kube/__testUtils__/certificates';
import { parseCreateCluster, parseUpdateCluster } from './clusterRequests';

const policy = AddressPolicy.create();

describe('clusterRequests', () => {
  let caData: string;
  let valid: Record<string, unknown>;

  beforeAll(async () => {
    caData = (await TestAuthority.create('ca')).pem;
    valid = { name: 'Prod 01', apiServer: 'https://k8s.example.com', caData };
  });

  it('cleans the name, normalises the CA and fills in the defaults', () => {
    expect(parseCreateCluster(valid, policy)).toEqual({
      name: 'prod01',
      apiServer: 'https://k8s.example.com',
      caPem: `${caData.trim()}\n`,
      connection: 'oidc',
      usernamePrefix: '',
      groupsPrefix: '',
    });
  });

  it('takes over everything that is given', () => {
    const settings = {
      title: 'Production',
      connection: 'oidc',
      usernamePrefix: 'aks:jwt:',
      groupsPrefix: 'oidc/',
    };
    expect(parseCreateCluster({ ...valid, ...settings }, policy)).toMatchObject(
      settings,
    );
    expect(
      parseUpdateCluster({ title: ' ', groupsPrefix: '' }, policy),
    ).toEqual({ title: '', groupsPrefix: '' });
    expect(parseUpdateCluster({ caData }, policy)).toEqual({
      caPem: `${caData.trim()}\n`,
    });
    expect(parseUpdateCluster({}, policy)).toEqual({});
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
    ['connection', 'magic', /connection "magic" must be "oidc"/],
    ['usernamePrefix', 'a b', /usernamePrefix "a b" must be printable ASCII/],
    ['usernamePrefix', 'é', /usernamePrefix "\\u\{e9\}" must be printable/],
    ['usernamePrefix', 'system:', /must not begin with "system:"/],
    ['usernamePrefix', '-', /usernamePrefix "-" must be empty/],
    ['groupsPrefix', 'SYSTEM:x', /groupsPrefix .*must not begin/],
    ['groupsPrefix', 'x'.repeat(65), /groupsPrefix .* at most 64 characters/],
    ['id', '01J', /"id" is not a field here; there are name, title/],
  ])('refuses %s %j', (field, value, message) => {
    const act = () => parseCreateCluster({ ...valid, [field]: value }, policy);
    expect(act).toThrow(InputError);
    expect(act).toThrow(message);
  });

  it.each(['name', 'connection', 'status', 'ttl'])(
    'S9 refuses to update %s',
    field => {
      expect(() => parseUpdateCluster({ [field]: 'x' }, policy)).toThrow(
        `"${field}" is not a field here`,
      );
    },
  );

  it('refuses a __proto__ field', () => {
    expect(() =>
      parseUpdateCluster(JSON.parse('{"__proto__": {"title": "x"}}'), policy),
    ).toThrow('"__proto__" is not a field here');
  });

  it.each([undefined, null, 'text', 7, []])('refuses the body %j', body => {
    expect(() => parseCreateCluster(body, policy)).toThrow(
      new InputError('the body must be a JSON object'),
    );
  });

  it('reports all problems at once', () => {
    expect(() =>
      parseCreateCluster(
        { name: '!', apiServer: 'ftp://x', caData: 'x', color: 'red' },
        policy,
      ),
    ).toThrow(/name "!".*apiServer.*caData.*"color"/s);
  });

  it('S46 shows no key that was pasted into any field', () => {
    const key = `-----BEGIN PRIVATE KEY-----\n${'MIIEvQIBADANBg'.repeat(40)}`;
    const values = [key, Buffer.from(key).toString('base64')];
    const bodies = ['name', 'title', 'apiServer', 'caData', 'x'].flatMap(
      field => values.map(value => ({ ...valid, [field]: value })),
    );
    bodies.forEach(body => {
      const act = () => parseCreateCluster(body, policy);
      expect(act).toThrow(InputError);
      expect(act).not.toThrow(/MIIEvQ|TUlJRXZR/);
    });
  });
});
