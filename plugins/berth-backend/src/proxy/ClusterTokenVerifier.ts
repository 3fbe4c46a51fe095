import { AuthenticationError } from '@backstage/errors';
import { createLocalJWKSet, decodeJwt, errors, jwtVerify } from 'jose';
import { userRefOf } from '../access/username';
import { KEY_ALGORITHMS, KeyRing } from '../issuer/keys/types';

export interface ClusterTokenVerifierOptions {
  /** The `iss` of the portal's own tokens for clusters. */
  issuer: string;
  keyRing: Pick<KeyRing, 'publishedKeys'>;
}

/** The person of a token for a cluster. */
export interface TokenPerson {
  userRef: string;
  expiresAt: Date;
  /** The computer that got the token by its sign-in with kubectl. */
  device?: string;
}

/** Verifies tokens that the portal minted for people and one cluster, with the keys that it publishes now. */
export class ClusterTokenVerifier {
  readonly #options: ClusterTokenVerifierOptions;
  #keys?: { kids: string; find: ReturnType<typeof createLocalJWKSet> };

  constructor(options: ClusterTokenVerifierOptions) {
    this.#options = options;
  }

  /** Returns whether a token claims to be from this portal's issuer. This proves nothing. */
  claims(token: string): boolean {
    try {
      return decodeJwt(token).iss === this.#options.issuer;
    } catch {
      return false;
    }
  }

  /** @throws AuthenticationError, the same for every reason */
  async verify(token: string, clusterId: string): Promise<TokenPerson> {
    const find = await this.#publishedKeys();
    try {
      const { payload } = await jwtVerify(token, find, {
        algorithms: [...KEY_ALGORITHMS],
        audience: clusterId,
        issuer: this.#options.issuer,
        requiredClaims: ['aud', 'exp', 'iat', 'iss', 'jti', 'sub'],
        typ: 'JWT',
      });
      const userRef = userRefOf(payload.sub ?? '');
      if (userRef === undefined || typeof payload.aud !== 'string') {
        throw refusedToken();
      }
      return {
        userRef,
        expiresAt: new Date((payload.exp ?? 0) * 1000),
        ...(typeof payload.device === 'string' && { device: payload.device }),
      };
    } catch (error) {
      throw error instanceof errors.JOSEError ? refusedToken() : error;
    }
  }

  async #publishedKeys() {
    const { jwks } = await this.#options.keyRing.publishedKeys();
    const kids = jwks.keys.map(({ kid }) => kid).join();
    if (this.#keys?.kids !== kids) {
      this.#keys = { kids, find: createLocalJWKSet(jwks) };
    }
    return this.#keys.find;
  }
}

/** Says nothing about the cluster, which the caller may only guess. */
export function refusedToken(): AuthenticationError {
  return new AuthenticationError(
    'The token is not valid for this cluster. Get a new one; with kubectl-berth: kubectl berth setup',
  );
}
