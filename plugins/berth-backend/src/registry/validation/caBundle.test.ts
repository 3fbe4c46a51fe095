import { InputError } from '@backstage/errors';
import {
  ServerCertificate,
  TestAuthority,
} from '../../kube/__testUtils__/certificates';
import { parseCaBundle } from './caBundle';

const DAY = 24 * 60 * 60 * 1000;
const base64 = (text: string) => Buffer.from(text).toString('base64');

describe('parseCaBundle', () => {
  let one: string;
  let two: string;
  let server: ServerCertificate;

  beforeAll(async () => {
    const authority = await TestAuthority.create('one');
    one = `${authority.pem.trim()}\n`;
    two = `${(await TestAuthority.create('two')).pem.trim()}\n`;
    server = await authority.issue();
  });

  it('accepts PEM and base64 of PEM, also broken into lines', () => {
    expect(parseCaBundle(one)).toBe(one);
    expect(parseCaBundle(base64(one))).toBe(one);
    const broken = base64(one).replace(/.{76}/g, '$&\r\n');
    expect(parseCaBundle(`  ${broken}\n`)).toBe(one);
  });

  it('keeps the certificates in order, and nothing else', () => {
    const typed = `Bag Attributes\n${one.replaceAll(
      '\n',
      '\r\n',
    )}# two\n${two}`;
    expect(parseCaBundle(typed)).toBe(one + two);
  });

  it.each<[string, () => string, RegExp]>([
    ['nothing', () => ' \n', /caData is empty/],
    ['free text', () => 'please trust us!', /neither PEM nor base64/],
    ['base64 of something else', () => base64('hello'), /neither PEM nor/],
    ['a cut-off block', () => one.slice(0, 200), /neither PEM nor base64/],
    [
      'a second block that is cut off',
      () => one + two.slice(0, 200),
      /neither PEM nor base64/,
    ],
    [
      'what is not X.509',
      () =>
        `${one}-----BEGIN CERTIFICATE-----\naGVsbG8=\n-----END CERTIFICATE-----`,
      /number 2\) that cannot be read as X.509/,
    ],
    ['a private key', () => server.key, /holds a PRIVATE KEY/],
    [
      'a private key after a certificate',
      () => one + server.key,
      /PRIVATE KEY/,
    ],
    ['base64 of a private key', () => base64(server.key), /PRIVATE KEY/],
    [
      'an encrypted private key',
      () =>
        '-----BEGIN ENCRYPTED PRIVATE KEY-----\naGVsbG8=\n-----END ENCRYPTED PRIVATE KEY-----',
      /PRIVATE KEY/,
    ],
    [
      'another kind of block',
      () => '-----BEGIN X509 CRL-----\naGVsbG8=\n-----END X509 CRL-----',
      /a X509 CRL block/,
    ],
    ['too much text', () => 'A'.repeat(200_000), /larger than 64 KiB/],
    ['too many certificates', () => one.repeat(200), /larger than 64 KiB/],
  ])('S24 refuses %s', (_, typed, message) => {
    expect(() => parseCaBundle(typed())).toThrow(InputError);
    expect(() => parseCaBundle(typed())).toThrow(message);
  });

  it('S24 refuses an expired certificate, naming date and subject', () => {
    const later = new Date(Date.now() + 60 * DAY);
    expect(() => parseCaBundle(one, later)).toThrow(
      /expired at \d{4}-\d\d-\d\dT.*\(CN=one\)/,
    );
  });

  it('S24 refuses a certificate that is not yet valid, naming date and subject', () => {
    const earlier = new Date(Date.now() - 60 * DAY);
    expect(() => parseCaBundle(two, earlier)).toThrow(
      /not valid before \d{4}-\d\d-\d\dT.*\(CN=two\)/,
    );
  });

  it('S24 refuses a bundle in which one certificate has expired', async () => {
    const expired = (
      await (await TestAuthority.create('x')).issue({ days: -1 })
    ).cert;
    expect(() => parseCaBundle(one + expired)).toThrow(/expired.*CN=server/);
  });

  it('S46 never shows the input', () => {
    const secret = server.key.split('\n')[1].slice(0, 20);
    for (const typed of [server.key, base64(server.key), one + server.key]) {
      const message = messageOf(() => parseCaBundle(typed));
      expect(message).toMatch(/PRIVATE KEY/);
      expect(message).not.toContain(secret);
      expect(message).not.toContain(typed.slice(0, 40));
    }
  });
});

function messageOf(action: () => unknown): string | undefined {
  try {
    action();
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}
