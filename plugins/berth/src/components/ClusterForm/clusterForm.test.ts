import { responseError } from '../../__testUtils__/responseError';
import { CA_PEM } from '../../__testUtils__/fixtures';
import {
  ClusterField,
  ClusterFieldError,
  ClusterFormValues,
  validateCluster,
} from './clusterForm';
import { serverErrorsOf } from './serverErrors';

const VALID: ClusterFormValues = {
  name: 'Prod 01',
  title: 'Production',
  apiServer: 'https://10.0.0.1:6443',
  caData: CA_PEM,
  usernamePrefix: '',
  groupsPrefix: 'oidc:',
};

const KEY =
  '-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----';

describe('validateCluster', () => {
  it.each<Partial<ClusterFormValues>>([
    {},
    { title: '' },
    { caData: btoa(CA_PEM) },
    { caData: `${CA_PEM}${CA_PEM}` },
    { apiServer: ' https://rancher.example.com/k8s/clusters/c-1 ' },
    { apiServer: 'https://[2001:db8::1]:6443' },
  ])('accepts %j', changes => {
    expect(validateCluster({ ...VALID, ...changes }, new Set())).toEqual({});
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
  ])('refuses %s %j: %s', (field, value, error) => {
    expect(
      validateCluster({ ...VALID, [field]: value }, new Set(['taken'])),
    ).toEqual({ [field]: error });
  });
});

describe('serverErrorsOf', () => {
  it('puts each problem at the field that it names', async () => {
    const error = await responseError(
      400,
      'apiServer "https://127.0.0.1" is refused: it is loopback; caData is empty: give the PEM; also this',
    );
    expect(serverErrorsOf(error)).toEqual({
      fields: {
        apiServer: 'apiServer "https://127.0.0.1" is refused: it is loopback',
        caData: 'caData is empty: give the PEM; also this',
      },
    });
  });

  it('puts a conflict at the name', async () => {
    const error = await responseError(409, 'A cluster called "a" exists');
    expect(serverErrorsOf(error).fields).toEqual({
      name: 'A cluster called "a" exists',
    });
  });

  it.each([
    [400, 'the body must be a JSON object'],
    [403, 'name is not yours'],
    [500, 'name broke'],
  ])('keeps whole a %d that is about no field', async (status, message) => {
    const error = await responseError(status, message);
    expect(serverErrorsOf(error)).toEqual({ fields: {}, rest: error });
  });
});
