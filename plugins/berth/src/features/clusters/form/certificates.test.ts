import { CA_PEM, EXPIRED_CA_PEM } from '../../../__testUtils__/fixtures';
import { readCertificates } from './certificates';

describe('readCertificates', () => {
  it('reads each certificate of a bundle', () => {
    expect(readCertificates(`${CA_PEM}\n# old\n${EXPIRED_CA_PEM}`)).toEqual([
      {
        subject: 'CN=Harbour cluster CA, O=Harbour Example',
        issuer: 'CN=Harbour cluster CA, O=Harbour Example',
        notBefore: Date.UTC(2026, 0, 1),
        notAfter: Date.UTC(2046, 0, 1),
        authority: true,
      },
      expect.objectContaining({
        subject: 'CN=old-ca',
        notAfter: Date.UTC(2021, 0, 1),
      }),
    ]);
  });

  it.each([
    ['a block that is no certificate', 'MAAwAA=='],
    ['a block that is no base64', '????'],
    ['half a certificate', CA_PEM.split('\n').slice(1, 4).join('')],
  ])('throws at %s', (_, body) => {
    expect(() =>
      readCertificates(
        `-----BEGIN CERTIFICATE-----\n${body}\n-----END CERTIFICATE-----`,
      ),
    ).toThrow();
  });

  it('finds nothing in a text without blocks', () => {
    expect(readCertificates('certificate')).toEqual([]);
  });
});
