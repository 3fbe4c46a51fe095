import 'reflect-metadata';
import * as x509 from '@peculiar/x509';
import { webcrypto } from 'node:crypto';

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const DAY = 24 * 60 * 60 * 1000;

x509.cryptoProvider.set(webcrypto as Crypto);

/** The certificate and key of an https server. */
export interface ServerCertificate {
  cert: string;
  key: string;
}

/** A certificate authority for tests. */
export class TestAuthority {
  readonly pem: string;
  readonly #name: string;
  readonly #keys: CryptoKeyPair;

  static async create(name: string): Promise<TestAuthority> {
    const keys = await generateKeys();
    const certificate = await x509.X509CertificateGenerator.createSelfSigned({
      name: `CN=${name}`,
      keys,
      signingAlgorithm: ALGORITHM,
      notBefore: new Date(Date.now() - 30 * DAY),
      notAfter: new Date(Date.now() + 30 * DAY),
      extensions: [new x509.BasicConstraintsExtension(true, undefined, true)],
    });
    return new TestAuthority(name, keys, certificate.toString('pem'));
  }

  private constructor(name: string, keys: CryptoKeyPair, pem: string) {
    this.#name = name;
    this.#keys = keys;
    this.pem = pem;
  }

  /** @param options - `days` until it expires, negative if it has already expired */
  async issue(
    options: { dnsNames?: string[]; ips?: string[]; days?: number } = {},
  ): Promise<ServerCertificate> {
    const keys = await generateKeys();
    const { dnsNames = ['localhost'], ips = ['127.0.0.1'], days = 7 } = options;
    const certificate = await x509.X509CertificateGenerator.create({
      subject: 'CN=server',
      issuer: `CN=${this.#name}`,
      publicKey: keys.publicKey,
      signingKey: this.#keys.privateKey,
      signingAlgorithm: ALGORITHM,
      notBefore: new Date(Date.now() - 20 * DAY),
      notAfter: new Date(Date.now() + days * DAY),
      extensions: [
        new x509.SubjectAlternativeNameExtension([
          ...dnsNames.map(value => ({ type: 'dns' as const, value })),
          ...ips.map(value => ({ type: 'ip' as const, value })),
        ]),
      ],
    });
    const key = await webcrypto.subtle.exportKey('pkcs8', keys.privateKey);
    return {
      cert: certificate.toString('pem'),
      key: x509.PemConverter.encode(key, 'PRIVATE KEY'),
    };
  }
}

async function generateKeys(): Promise<CryptoKeyPair> {
  return (await webcrypto.subtle.generateKey(ALGORITHM, true, [
    'sign',
    'verify',
  ])) as CryptoKeyPair;
}
