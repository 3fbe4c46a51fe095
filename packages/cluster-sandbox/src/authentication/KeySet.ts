import { compactVerify, createLocalJWKSet } from 'jose';
import type { JSONWebKeySet, JWTPayload } from 'jose';

export interface FetchedKeys {
  keys: JSONWebKeySet;
  /** How long the issuer allows them to be kept, in seconds. */
  maxAge: number;
}

/** kube-apiserver asks again only when what it has expires within this time. */
const EXPIRY_DELTA_MS = 30_000;
const ALGORITHMS = ['RS256', 'ES256'];

/**
 * The issuer's keys, cached as kube-apiserver (through go-oidc) caches them: a key that is known is used for
 * ever, even past `max-age`, so that the issuer may be away; an unknown `kid` makes it ask again only when the
 * cached answer is about to run out. Hence the rule that a JWKS must not be cacheable for long.
 */
export class KeySet {
  readonly #fetchKeys: () => Promise<FetchedKeys>;
  readonly #now: () => number;
  #keys: JSONWebKeySet = { keys: [] };
  #expiry = 0;
  #pending: Promise<void> | undefined;

  constructor(
    fetchKeys: () => Promise<FetchedKeys>,
    now: () => number = Date.now,
  ) {
    this.#fetchKeys = fetchKeys;
    this.#now = now;
  }

  /**
   * The claims of a token with a good signature. What they say is for the caller to check.
   *
   * @throws when no key of the issuer verifies it
   */
  async verify(token: string): Promise<JWTPayload> {
    try {
      return await this.#verifyWithCached(token);
    } catch (error) {
      const fresh = this.#now() + EXPIRY_DELTA_MS < this.#expiry;
      if (fresh && this.#keys.keys.length > 0) {
        throw error;
      }
    }
    this.#pending ??= this.#refresh();
    try {
      await this.#pending;
    } finally {
      this.#pending = undefined;
    }
    return this.#verifyWithCached(token);
  }

  async #verifyWithCached(token: string): Promise<JWTPayload> {
    const { payload } = await compactVerify(
      token,
      createLocalJWKSet(this.#keys),
      { algorithms: ALGORITHMS },
    );
    return JSON.parse(new TextDecoder().decode(payload));
  }

  async #refresh(): Promise<void> {
    const { keys, maxAge } = await this.#fetchKeys();
    this.#keys = keys;
    this.#expiry = this.#now() + maxAge * 1000;
  }
}
