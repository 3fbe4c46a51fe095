import { ConfigReader } from '@backstage/config';
import { parseIssuerUrl, readIssuerUrl } from './issuerUrl';

describe('parseIssuerUrl', () => {
  it('returns an issuer unchanged', () => {
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
    ['https://portal.example.com//api/oidc', 'must not have an empty path'],
    ['https://portal.example.com/api//oidc', 'must not have an empty path'],
    ['https://portal.example.com/api/oidc ', 'must not have white space'],
    [' https://portal.example.com/api/oidc', 'must not have white space'],
    ['https://portal.example.com/api/\noidc', 'must not have white space'],
    ['https://portal.example.com/a/../oidc', 'path in normal form: /oidc'],
    ['https://portal.example.com\\api\\oidc', 'in normal form: /api/oidc'],
    ['https:/portal.example.com/api/oidc', 'path in normal form: /api/oidc'],
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

describe('readIssuerUrl', () => {
  it.each([
    ['https://portal.example.com'],
    ['https://portal.example.com/'],
    ['https://portal.example.com//'],
  ])('I1 appends one slash and the path to the base URL %s', baseUrl => {
    const config = new ConfigReader({ backend: { baseUrl } });
    expect(readIssuerUrl(config, { production: true })).toBe(
      'https://portal.example.com/api/oidc',
    );
  });

  it('keeps the path of the base URL', () => {
    const config = new ConfigReader({
      backend: { baseUrl: 'https://example.com/portal/' },
    });
    expect(readIssuerUrl(config, { production: true })).toBe(
      'https://example.com/portal/api/oidc',
    );
  });

  it('I1 refuses a configured issuer with a slash at its end', () => {
    const config = new ConfigReader({
      backend: { baseUrl: 'https://portal.example.com' },
      berth: { issuer: 'https://portal.example.com/api/oidc/' },
    });
    expect(() => readIssuerUrl(config, { production: true })).toThrow(
      'must not end with a slash',
    );
  });
});
