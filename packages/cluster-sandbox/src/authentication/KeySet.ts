import { compactVerify, createLocalJWKSet } from 'jose';
import type { JSONWebKeySet, JWTPayload } from 'jose';

export interface FetchedKeys {
  keys: JSONWebKeySet;
  /** The time for which the issuer allows to cache the keys, in seconds. */
  maxAge: number;
}

/** kube-apiserver fetches the keys again only if the cached ones expire within this time. */
const EXPIRY_DELTA_MS = 30_000;
const ALGORITHMS = ['RS256', 'ES256'];

/**
 * The issuer's keys, cached as in kube-apiserver (through go-oidc). A known key is used forever, even after
 * `max-age`, so that the issuer may be unreachable. An unknown `kid` causes another fetch only when the cached
 * keys are about to expire. Therefore a JWKS must not be cacheable for long.
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
   * Returns the claims of a token with a valid signature. The caller must check the claims.
   *
   * @throws if no key of the issuer verifies the token
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
