import { LRUCache } from 'lru-cache';
import { KeyRing } from './keys/types';
import { TOKEN_LIFETIME_SECONDS } from './tokenLifetime';
import { SignedToken, TokenClaims, TokenSigner } from './types';

const MAX_TOKENS = 50_000;
const REUSE_FOR_MS = (TOKEN_LIFETIME_SECONDS * 1000) / 2;

export interface ReusingTokenSignerOptions {
  signer: TokenSigner;
  keyRing: KeyRing;
}

/**
 * Hands out a token again for the same claims until half its life is gone. As the claims are the
 * entitlement, a changed entitlement never meets an old token, nor does a key that no longer signs.
 */
export class ReusingTokenSigner implements TokenSigner {
  readonly #options: ReusingTokenSignerOptions;
  readonly #tokens = new LRUCache<string, SignedToken>({ max: MAX_TOKENS });

  constructor(options: ReusingTokenSignerOptions) {
    this.#options = options;
  }

  async sign(claims: TokenClaims): Promise<SignedToken> {
    const { signer, keyRing } = this.#options;
    const { kid } = await keyRing.signingKey();
    const key = JSON.stringify([claims.sub, claims.aud, claims.groups]);
    const held = this.#tokens.get(key);
    if (
      held?.kid === kid &&
      Date.now() - held.issuedAt.getTime() < REUSE_FOR_MS
    ) {
      return held;
    }
    const signed = await signer.sign(claims);
    this.#tokens.set(key, signed);
    return signed;
  }
}
