import { LRUCache } from 'lru-cache';
import { KeyRing } from './keys/types';
import { SignedToken, TokenClaims, TokenSigner } from './types';

const MAX_TOKENS = 50_000;

export interface ReusingTokenSignerOptions {
  signer: TokenSigner;
  keyRing: KeyRing;
}

/**
 * Returns the same token for the same claims until half of its lifetime has passed. The claims contain the
 * entitlement, so a changed entitlement never gets an old token. A key that no longer signs is also never reused.
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
    const key = JSON.stringify([
      claims.sub,
      claims.aud,
      claims.groups,
      claims.device,
    ]);
    const held = this.#tokens.get(key);
    if (held?.kid === kid && Date.now() < halfLife(held)) {
      return held;
    }
    const signed = await signer.sign(claims);
    this.#tokens.set(key, signed);
    return signed;
  }
}

/** Returns the middle of a token's lifetime, in milliseconds since the epoch. */
function halfLife({ issuedAt, expiresAt }: SignedToken): number {
  return (issuedAt.getTime() + expiresAt.getTime()) / 2;
}
