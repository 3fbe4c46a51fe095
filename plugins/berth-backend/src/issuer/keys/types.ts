import { JSONWebKeySet, JWK, KeyLike } from 'jose';

/**
 * - `next`: published, but does not sign yet
 * - `active`: signs
 * - `retired`: no longer signs, published while its tokens may be valid
 * - `expired`: neither signs nor is published
 * - `revoked`: withdrawn at once, its tokens are refused
 */
export type KeyState = 'next' | 'active' | 'retired' | 'expired' | 'revoked';

export const KEY_ALGORITHMS = ['RS256', 'ES256'] as const;

/** RS256 is the only one that API servers set up by `--oidc-*` flags accept by default. */
export type KeyAlgorithm = (typeof KEY_ALGORITHMS)[number];

/** The properties of a key that determine its state. */
export interface KeyTimes {
  kid: string;
  /** Increases by one with each key. */
  generation: number;
  createdAt: Date;
  /** The time when it starts to sign. Undefined for the standby key. */
  activatesAt?: Date;
  revokedAt?: Date;
}

export interface SigningKey {
  kid: string;
  algorithm: KeyAlgorithm;
  privateKey: KeyLike | Uint8Array;
}

/** A key as admins see it. */
export interface KeySummary extends KeyTimes {
  algorithm: KeyAlgorithm;
  state: KeyState;
}

/** The published keys and their algorithms. */
export interface PublishedKeys {
  jwks: JSONWebKeySet;
  algorithms: KeyAlgorithm[];
}

/** Provides the keys that sign and verify. */
export interface KeyRing {
  /** @throws Error if the keys cannot be read, so that a key that may be gone signs nothing */
  signingKey(): Promise<SigningKey>;
  /** Returns all keys whose tokens may be valid now or soon, only public members. */
  publishedKeys(): Promise<PublishedKeys>;
}

/** Changes to the key ring. Several replicas can call the methods at once. */
export interface KeyRingAdministration {
  list(): Promise<KeySummary[]>;
  /**
   * Activates the standby key as soon as verifiers have had time to learn it. Does nothing if a rotation is under
   * way.
   */
  rotate(): Promise<KeySummary[]>;
  /**
   * Revokes keys at once. The standby key takes over if the active one is among them.
   *
   * @throws NotFoundError if there is no such key
   */
  revoke(kids: string[]): Promise<KeySummary[]>;
}

/** A new key pair. The private part leaves this process only encrypted. */
export interface KeyMaterial {
  kid: string;
  algorithm: KeyAlgorithm;
  publicJwk: JWK;
  privateJwk: JWK;
}
