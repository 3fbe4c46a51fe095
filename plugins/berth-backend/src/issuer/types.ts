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
  /** The token expires then at the latest, because one of its claims does. */
  notAfter?: Date;
}

export interface SignedToken {
  token: string;
  /** The key that signed it. */
  kid: string;
  jti: string;
  issuedAt: Date;
  expiresAt: Date;
}

/** Signs tokens for clusters. The caller decides who may have one. */
export interface TokenSigner {
  sign(claims: TokenClaims): Promise<SignedToken>;
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
