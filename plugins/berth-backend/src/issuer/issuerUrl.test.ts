import { parseIssuerUrl } from './issuerUrl';

describe('parseIssuerUrl', () => {
  it('returns an issuer as it was written', () => {
    const issuer = 'https://Portal.example.com:8443/api/oidc';
    expect(parseIssuerUrl(issuer, { production: true })).toBe(issuer);
  });

  it.each([
    ['http://portal.example.com/api/oidc', 'must be https'],
    ['ftp://portal.example.com/api/oidc', 'must be https'],
    ['https://portal.example.com/api/oidc?', 'must not have a query'],
    ['https://portal.example.com/api/oidc?a=b', 'must not have a query'],
    ['https://portal.example.com/api/oidc#', 'must not have a fragment'],
    ['https://me:secret@portal.example.com', 'must not have userinfo'],
    ['https://portal.example.com/api/oidc/', 'must not end with a slash'],
    ['portal', 'must be a URL'],
  ])('S2 refuses %s in production', (issuer, rule) => {
    expect(() => parseIssuerUrl(issuer, { production: true })).toThrow(rule);
  });

  it('S46 does not repeat userinfo in its error', () => {
    expect(() =>
      parseIssuerUrl('https://me:secret@portal.example.com', {
        production: true,
      }),
    ).toThrow(expect.not.objectContaining({ message: /secret/ }));
  });

  it('accepts http in development only', () => {
    const issuer = 'http://localhost:7007/api/oidc';
    expect(parseIssuerUrl(issuer, { production: false })).toBe(issuer);
  });
});
