import { SignJWT } from 'jose';
import { randomUUID } from 'node:crypto';
import { KeyRing } from './keys/types';
import { TOKEN_LIFETIME_SECONDS } from './tokenLifetime';
import { SignedToken, TokenClaims, TokenSigner } from './types';

/** API servers and proxies limit the size of request headers. */
const MAX_TOKEN_BYTES = 8 * 1024;

export interface JoseTokenSignerOptions {
  issuer: string;
  keyRing: KeyRing;
}

/**
 * Signs tokens as JWTs (RFC 7519) that API servers accept as ID tokens. The claims are exactly those of
 * {@link TokenClaims} and `iss`, `iat`, `exp` and `jti`.
 */
export class JoseTokenSigner implements TokenSigner {
  readonly #options: JoseTokenSignerOptions;

  constructor(options: JoseTokenSignerOptions) {
    this.#options = options;
  }

  async sign({
    sub,
    aud,
    groups,
    device,
    notAfter,
  }: TokenClaims): Promise<SignedToken> {
    const { issuer, keyRing } = this.#options;
    const { kid, algorithm, privateKey } = await keyRing.signingKey();
    const issuedAt = Math.floor(Date.now() / 1000);
    const expiresAt = Math.min(
      issuedAt + TOKEN_LIFETIME_SECONDS,
      Math.floor((notAfter?.getTime() ?? Infinity) / 1000),
    );
    const jti = randomUUID();

    const token = await new SignJWT({
      groups,
      ...(device !== undefined && { device }),
    })
      .setProtectedHeader({ alg: algorithm, kid, typ: 'JWT' })
      .setIssuer(issuer)
      .setSubject(sub)
      .setAudience(aud)
      .setIssuedAt(issuedAt)
      .setExpirationTime(expiresAt)
      .setJti(jti)
      .sign(privateKey);

    if (token.length > MAX_TOKEN_BYTES) {
      throw new Error(
        `The token of ${sub} with its ${groups.length} groups has ${token.length} bytes, but API servers accept at most ${MAX_TOKEN_BYTES}. Share the cluster with fewer of the person's groups`,
      );
    }
    return {
      token,
      kid,
      jti,
      issuedAt: new Date(issuedAt * 1000),
      expiresAt: new Date(expiresAt * 1000),
    };
  }
}
