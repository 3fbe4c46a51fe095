import 'reflect-metadata';
import * as x509 from '@peculiar/x509';
import {
  constants,
  createHmac,
  createPublicKey,
  generateKeyPairSync,
  JsonWebKey,
  KeyObject,
  sign,
  webcrypto,
} from 'node:crypto';
import { JWK } from 'jose';
import { KeyAlgorithm } from '../../../keys/types';
import { IssuerUnderTest } from '../IssuerUnderTest';

export type Fields = Record<string, unknown>;

/** A signing key, with its JWS algorithm. */
export interface ForgeryKey {
  alg: string;
  privateKey: KeyObject;
}

/** An attacker with a key and a certificate of their own. */
interface Attacker extends ForgeryKey {
  publicJwk: JWK;
  certificate: x509.X509Certificate;
}

const KEYS_PATH = '/attacker/keys.json';
const CERTIFICATE_PATH = '/attacker/certificate.pem';

const SCHEMES: Record<string, object> = {
  RS: {},
  PS: {
    padding: constants.RSA_PKCS1_PSS_PADDING,
    saltLength: constants.RSA_PSS_SALTLEN_DIGEST,
  },
  ES: { dsaEncoding: 'ieee-p1363' },
};

/**
 * Writes tokens that no library would write, with the issuer's own key or the key of an attacker.
 *
 * @see https://datatracker.ietf.org/doc/html/rfc7515#section-3.1
 */
export class Forger {
  /** The algorithm, `kid` and private key that the issuer signs with. */
  readonly own: ForgeryKey & { kid: string };
  readonly publicKey: KeyObject;
  readonly publicJwk: JWK;
  /** The `kid` of the issuer's other published key. */
  readonly standbyKid: string;
  readonly attacker: Attacker;
  /** Addresses on the issuer's own server that serve the attacker's keys and certificate. */
  readonly attackerUrl: string;
  readonly attackerCertificateUrl: string;
  readonly audience: string;
  readonly issuer: string;

  private constructor(parts: {
    own: ForgeryKey & { kid: string };
    published: JWK[];
    attacker: Attacker;
    audience: string;
    issuer: string;
  }) {
    this.own = parts.own;
    this.publicJwk = parts.published.find(({ kid }) => kid === parts.own.kid)!;
    this.standbyKid = parts.published.find(
      ({ kid }) => kid !== parts.own.kid,
    )!.kid!;
    this.publicKey = createPublicKey({
      key: this.publicJwk as JsonWebKey,
      format: 'jwk',
    });
    this.attacker = parts.attacker;
    const { origin } = new URL(parts.issuer);
    this.attackerUrl = `${origin}${KEYS_PATH}`;
    this.attackerCertificateUrl = `${origin}${CERTIFICATE_PATH}`;
    this.audience = parts.audience;
    this.issuer = parts.issuer;
  }

  static async create(
    issuer: IssuerUnderTest,
    audience: string,
  ): Promise<Forger> {
    const { kid, algorithm, privateKey } = await issuer.signing.signingKey();
    const { jwks } = await issuer.signing.publishedKeys();
    const forger = new Forger({
      own: { kid, alg: algorithm, privateKey: privateKey as KeyObject },
      published: jwks.keys,
      attacker: await createAttacker(algorithm),
      audience,
      issuer: issuer.url,
    });
    const { publicJwk, certificate } = forger.attacker;
    issuer.publish(KEYS_PATH, {
      keys: [{ ...publicJwk, kid, alg: algorithm }],
    });
    issuer.publish(CERTIFICATE_PATH, certificate.toString('pem'));
    return forger;
  }

  get algorithm(): KeyAlgorithm {
    return this.own.alg as KeyAlgorithm;
  }

  /** Returns the header that the issuer writes. Undefined removes a field. */
  header(changes: Fields = {}): Fields {
    return { alg: this.own.alg, kid: this.own.kid, typ: 'JWT', ...changes };
  }

  /** Returns the claims that the issuer writes. Undefined removes a claim. */
  claims(changes: Fields = {}): Fields {
    const now = this.now();
    return {
      groups: ['team-a'],
      iss: this.issuer,
      sub: 'user:alice',
      aud: this.audience,
      iat: now,
      exp: now + 600,
      jti: 'forged',
      ...changes,
    };
  }

  /** Seconds since the epoch. */
  now(): number {
    return Math.floor(Date.now() / 1000);
  }

  /** Returns the header and payload, encoded for the signature. */
  input(header: Fields = this.header(), claims: Fields = this.claims()) {
    return `${encode(header)}.${encode(claims)}`;
  }

  /** Returns a token with a correct signature. */
  token({
    header = this.header(),
    claims = this.claims(),
    key = this.own as ForgeryKey,
  } = {}): string {
    const input = this.input(header, claims);
    return `${input}.${this.signature(input, key)}`;
  }

  signature(input: string, { alg, privateKey }: ForgeryKey = this.own): string {
    const key = { key: privateKey, ...SCHEMES[alg.slice(0, 2)] };
    return sign(`sha${alg.slice(2)}`, Buffer.from(input), key).toString(
      'base64url',
    );
  }

  /** Returns a token with a shared secret. */
  hmac(secret: string | Buffer, alg = 'HS256'): string {
    const input = this.input(this.header({ alg }));
    const mac = createHmac(`sha${alg.slice(2)}`, secret).update(input);
    return `${input}.${mac.digest('base64url')}`;
  }
}

async function createAttacker(algorithm: KeyAlgorithm): Promise<Attacker> {
  const pair =
    algorithm === 'ES256'
      ? generateKeyPairSync('ec', { namedCurve: 'P-256' })
      : generateKeyPairSync('rsa', { modulusLength: 2048 });
  const parameters =
    algorithm === 'ES256'
      ? { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }
      : { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };
  const certificate = await x509.X509CertificateGenerator.createSelfSigned(
    {
      name: 'CN=attacker',
      keys: {
        publicKey: await webcrypto.subtle.importKey(
          'spki',
          pair.publicKey.export({ type: 'spki', format: 'der' }),
          parameters,
          true,
          ['verify'],
        ),
        privateKey: await webcrypto.subtle.importKey(
          'pkcs8',
          pair.privateKey.export({ type: 'pkcs8', format: 'der' }),
          parameters,
          true,
          ['sign'],
        ),
      },
      signingAlgorithm: parameters,
    },
    webcrypto as Crypto,
  );
  return {
    alg: algorithm,
    privateKey: pair.privateKey,
    publicJwk: pair.publicKey.export({ format: 'jwk' }) as JWK,
    certificate,
  };
}

export function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
