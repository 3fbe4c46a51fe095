import { constants, publicEncrypt } from 'node:crypto';
import { encode, Forger } from './Forger';
import { CLUSTERS, Mutation } from './Mutation';

const none = (alg: unknown) => (forger: Forger) =>
  `${forger.input(forger.header({ alg }))}.`;

/** The attacker's signature with the issuer's `kid`, and a header that names the location of the key. */
const foreign = (header: (forger: Forger) => object) => (forger: Forger) =>
  forger.token({
    header: forger.header({ ...header(forger) }),
    key: forger.attacker,
  });

/** The public key, which anyone can read, as a shared secret. */
const PUBLIC_KEY_FORMS: [string, (forger: Forger) => string | Buffer][] = [
  ['PEM', f => f.publicKey.export({ type: 'spki', format: 'pem' })],
  [
    'PEM without its last newline',
    f => String(f.publicKey.export({ type: 'spki', format: 'pem' })).trim(),
  ],
  ['DER', f => f.publicKey.export({ type: 'spki', format: 'der' })],
  ['JWK', f => JSON.stringify(f.publicJwk)],
  ['bare JWK', f => JSON.stringify(f.publicKey.export({ format: 'jwk' }))],
  [
    'modulus or point',
    f => Buffer.from(f.publicJwk.n ?? f.publicJwk.x!, 'base64url'),
  ],
  ['kid', f => f.own.kid],
  ['empty secret', () => ''],
];

/** Tokens that differ in the signature. */
export const signatureMutations: Mutation[] = [
  {
    name: 'as the issuer writes it',
    make: f => f.token(),
    acceptedBy: CLUSTERS,
  },

  ...['none', 'None', 'NONE', 'nOnE', '', null, undefined].map(alg => ({
    name: `alg ${
      alg === undefined ? 'left out' : JSON.stringify(alg)
    }, no signature`,
    make: none(alg),
  })),
  {
    name: 'alg none with a good signature',
    make: f => {
      const input = f.input(f.header({ alg: 'none' }));
      return `${input}.${f.signature(input)}`;
    },
  },
  { name: 'no signature', make: f => `${f.input()}.` },
  {
    name: 'a signature of zeros',
    make: f =>
      `${f.input()}.${Buffer.alloc(f.own.alg === 'ES256' ? 64 : 256).toString(
        'base64url',
      )}`,
  },
  {
    name: 'a signature one bit off',
    make: f => {
      const input = f.input();
      const signature = Buffer.from(f.signature(input), 'base64url');
      signature[40] = signature[40] ^ 1;
      return `${input}.${signature.toString('base64url')}`;
    },
  },
  {
    name: 'the signature of another token',
    make: f =>
      `${f.input(f.header(), f.claims({ sub: 'user:ada' }))}.${f.signature(
        f.input(),
      )}`,
  },
  {
    name: 'a payload altered after it was signed',
    make: f => {
      const [header, , signature] = f.token().split('.');
      const claims = f.claims({ groups: ['cluster-admins'] });
      return [header, encode(claims), signature].join('.');
    },
  },
  {
    name: 'a header altered after it was signed',
    make: f => {
      const [, payload, signature] = f.token().split('.');
      return [encode(f.header({ typ: 'at+jwt' })), payload, signature].join(
        '.',
      );
    },
  },
  {
    name: 'encrypted in place of signed, to the public key',
    make: f =>
      f.own.alg === 'ES256'
        ? `${encode({
            alg: 'ECDH-ES',
            enc: 'A256GCM',
            epk: f.attacker.publicJwk,
          })}..AAAA.AAAA.AAAA`
        : `${encode({ alg: 'RSA-OAEP', enc: 'A256GCM' })}.${publicEncrypt(
            { key: f.publicKey, padding: constants.RSA_PKCS1_OAEP_PADDING },
            Buffer.alloc(32),
          ).toString('base64url')}.AAAA.AAAA.AAAA`,
  },

  ...['HS256', 'HS384', 'HS512'].flatMap(alg =>
    PUBLIC_KEY_FORMS.map(([form, secret]) => ({
      name: `${alg} with the public key as ${form}`,
      make: (forger: Forger) => forger.hmac(secret(forger), alg),
    })),
  ),

  {
    name: "an attacker's key under the issuer's kid",
    make: foreign(() => ({})),
  },
  {
    name: "an attacker's key in jwk",
    make: foreign(f => ({ jwk: f.attacker.publicJwk })),
  },
  {
    name: "an attacker's key in jwk, without kid",
    make: foreign(f => ({ jwk: f.attacker.publicJwk, kid: undefined })),
  },
  {
    name: "an attacker's keys behind jku",
    make: foreign(f => ({ jku: f.attackerUrl })),
  },
  {
    name: "an attacker's keys behind jku, under a kid of its own",
    make: foreign(f => ({ jku: f.attackerUrl, kid: 'attacker' })),
  },
  {
    name: "an attacker's certificate behind x5u",
    make: foreign(f => ({ x5u: f.attackerCertificateUrl })),
  },
  {
    name: "an attacker's certificate in x5c",
    make: foreign(f => ({ x5c: [f.attacker.certificate.toString('base64')] })),
  },
  {
    name: "an attacker's key, without kid",
    make: foreign(() => ({ kid: undefined })),
  },
  { name: "an attacker's key, kid empty", make: foreign(() => ({ kid: '' })) },
  {
    name: "an attacker's key, kid a path to a known file",
    make: foreign(() => ({ kid: '../../../../dev/null' })),
  },
  {
    name: "an attacker's key, kid that breaks out of a query",
    make: foreign(() => ({ kid: "x' UNION SELECT 'secret' --" })),
  },

  {
    name: "the issuer's key under the kid of its other key",
    make: f => f.token({ header: f.header({ kid: f.standbyKid }) }),
  },
  {
    name: "the issuer's key under an unknown kid",
    make: f => f.token({ header: f.header({ kid: 'unknown' }) }),
  },
  {
    name: "the issuer's key, without kid",
    make: f => f.token({ header: f.header({ kid: undefined }) }),
    acceptedBy: ['flags', 'configuration'],
    because:
      'go-oidc tries every key of the issuer; the sandbox refuses, as two keys would do',
  },
  {
    name: 'a jwk header next to a good signature',
    make: f => f.token({ header: f.header({ jwk: f.attacker.publicJwk }) }),
    acceptedBy: CLUSTERS,
    because: 'the header is not looked at, the key is the published one',
  },
];
