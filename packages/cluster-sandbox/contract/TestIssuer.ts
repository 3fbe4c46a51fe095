// eslint-disable-next-line @backstage/no-undeclared-imports -- only tests import this file
import { createTestCertificates } from '@berth/control-plane';
import {
  exportJWK,
  exportSPKI,
  generateKeyPair,
  GenerateKeyPairResult,
  JWTPayload,
  KeyLike,
  SignJWT,
  UnsecuredJWT,
} from 'jose';
import { once } from 'node:events';
import { createServer, Server } from 'node:https';
import { AddressInfo } from 'node:net';

const KID = 'contract';

export interface TokenSpec {
  sub?: string;
  groups?: string[];
  aud?: string;
  iss?: string;
  /** Seconds from now; 600 by default. */
  expiresIn?: number;
  kid?: string;
  /** Signs with a key that the issuer never published. */
  foreignKey?: boolean;
  /** Overrides any claim; undefined leaves one out. */
  claims?: Record<string, unknown>;
}

/** Ways to make a token that the issuer has not signed. */
export type Forgery = 'alg none' | 'HS256 with the public key' | 'its own key';

/** An OIDC issuer over https with one RS256 key. */
export class TestIssuer {
  readonly audience = 'contract-cluster';
  readonly url: string;
  readonly caPem: string;
  readonly #server: Server;
  readonly #keys: GenerateKeyPairResult;
  readonly #foreignKey: KeyLike;

  private constructor(
    server: Server,
    caPem: string,
    keys: GenerateKeyPairResult,
    foreignKey: KeyLike,
  ) {
    const { port } = server.address() as AddressInfo;
    this.url = `https://localhost:${port}/api/oidc`;
    this.caPem = caPem;
    this.#server = server;
    this.#keys = keys;
    this.#foreignKey = foreignKey;
  }

  static async start(): Promise<TestIssuer> {
    const { caPem, certificatePem, privateKeyPem } =
      await createTestCertificates('contract issuer');
    const [own, foreign] = await Promise.all([
      generateKeyPair('RS256'),
      generateKeyPair('RS256'),
    ]);
    const jwk = await exportJWK(own.publicKey);
    const keys = [{ ...jwk, kid: KID, alg: 'RS256', use: 'sig' }];
    const server = createServer({ cert: certificatePem, key: privateKeyPem });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const issuer = new TestIssuer(server, caPem, own, foreign.privateKey);
    const documents = new Map<string | undefined, object>([
      [
        '/api/oidc/.well-known/openid-configuration',
        {
          issuer: issuer.url,
          jwks_uri: `${issuer.url}/jwks.json`,
          response_types_supported: ['id_token'],
          subject_types_supported: ['public'],
          id_token_signing_alg_values_supported: ['RS256'],
        },
      ],
      ['/api/oidc/jwks.json', { keys }],
    ]);
    server.on('request', (request, response) => {
      const document = documents.get(request.url);
      response.writeHead(document ? 200 : 404, {
        'content-type': 'application/json',
      });
      response.end(JSON.stringify(document ?? {}));
    });
    return issuer;
  }

  async token(spec: TokenSpec = {}): Promise<string> {
    return new SignJWT(this.#claims(spec))
      .setProtectedHeader({ alg: 'RS256', kid: spec.kid ?? KID })
      .sign(spec.foreignKey ? this.#foreignKey : this.#keys.privateKey);
  }

  async forge(forgery: Forgery): Promise<string> {
    const claims = this.#claims({});
    switch (forgery) {
      case 'alg none':
        return new UnsecuredJWT(claims).encode();
      case 'its own key': {
        const { publicKey, privateKey } = await generateKeyPair('RS256');
        const jwk = await exportJWK(publicKey);
        return new SignJWT(claims)
          .setProtectedHeader({ alg: 'RS256', kid: KID, jwk })
          .sign(privateKey);
      }
      default: {
        const secret = await exportSPKI(this.#keys.publicKey);
        return new SignJWT(claims)
          .setProtectedHeader({ alg: 'HS256', kid: KID })
          .sign(new TextEncoder().encode(secret));
      }
    }
  }

  #claims(spec: TokenSpec): JWTPayload {
    const now = Math.floor(Date.now() / 1000);
    return {
      iss: spec.iss ?? this.url,
      aud: spec.aud ?? this.audience,
      sub: spec.sub ?? 'user:alice',
      groups: spec.groups ?? [],
      iat: now,
      exp: now + (spec.expiresIn ?? 600),
      ...spec.claims,
    };
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }
}
