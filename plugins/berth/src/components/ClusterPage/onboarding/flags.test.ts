import { apiServerFlags } from './flags';

const ISSUER = 'https://portal.example.com/api/oidc';

describe('apiServerFlags', () => {
  it('says explicitly that nothing is put before user names', () => {
    expect(
      apiServerFlags(ISSUER, {
        id: '01K9',
        usernamePrefix: '',
        groupsPrefix: '',
      }).split('\n'),
    ).toEqual([
      '--oidc-issuer-url=https://portal.example.com/api/oidc',
      '--oidc-client-id=01K9',
      '--oidc-username-claim=sub',
      '--oidc-username-prefix=-',
      '--oidc-groups-claim=groups',
    ]);
  });

  it('carries the cluster’s prefixes', () => {
    const flags = apiServerFlags(ISSUER, {
      id: '01K9',
      usernamePrefix: 'u:',
      groupsPrefix: 'g:',
    });
    expect(flags).toContain('--oidc-username-prefix=u:\n');
    expect(flags).toContain('\n--oidc-groups-prefix=g:');
  });
});
