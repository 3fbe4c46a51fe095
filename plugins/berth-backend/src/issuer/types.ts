/**
 * The claims of a token that depend on the person and the cluster. The signer adds `iss`, `iat`, `exp` and `jti`.
 */
export interface TokenClaims {
  /** `user:<username>`, or the reconciler's own name. */
  sub: string;
  /** The id of the cluster. Always a single audience. */
  aud: string;
  /** Kubernetes group names without the cluster's prefix. */
  groups: string[];
  /** The id of the computer that gets the token by its sign-in with kubectl. */
  device?: string;
  /** The latest expiry of the token, because one of its claims expires then. */
  notAfter?: Date;
}

export interface SignedToken {
  token: string;
  /** The `kid` of the key that signed it. */
  kid: string;
  jti: string;
  issuedAt: Date;
  expiresAt: Date;
}

/** Signs tokens for clusters. The caller decides who may have one. */
export interface TokenSigner {
  sign(claims: TokenClaims): Promise<SignedToken>;
}

/** The part of OpenID Provider Metadata that Kubernetes and relying parties need. */
export interface DiscoveryDocument {
  issuer: string;
  authorization_endpoint: string;
  jwks_uri: string;
  response_types_supported: string[];
  subject_types_supported: string[];
  id_token_signing_alg_values_supported: string[];
  claims_supported: string[];
}
