import { JSONWebKeySet, KeyLike } from 'jose';

/**
 * The claims of a token that depend on who it is for. The signer adds `iss`, `iat`, `exp` and `jti`.
 */
export interface TokenClaims {
  /** `user:<username>`, or the reconciler's own name. */
  sub: string;
  /** The cluster's id: one audience, always. */
  aud: string;
  /** Kubernetes group names without the cluster's prefix. */
  groups: string[];
}

export interface SignedToken {
  token: string;
  jti: string;
  expiresAt: Date;
}

/** Signs tokens for clusters. Says nothing about who may have one. */
export interface TokenSigner {
  sign(claims: TokenClaims): Promise<SignedToken>;
}

/** Where the keys that sign and verify come from. */
export interface KeyRing {
  signingKey(): Promise<SigningKey>;
  /** All keys whose tokens may still be valid, public members only. */
  publicKeys(): Promise<JSONWebKeySet>;
}

export interface SigningKey {
  kid: string;
  algorithm: string;
  privateKey: KeyLike | Uint8Array;
}

/** OpenID Provider Metadata, the part that Kubernetes and relying parties need. */
export interface DiscoveryDocument {
  issuer: string;
  authorization_endpoint: string;
  jwks_uri: string;
  response_types_supported: string[];
  subject_types_supported: string[];
  id_token_signing_alg_values_supported: string[];
  claims_supported: string[];
}
