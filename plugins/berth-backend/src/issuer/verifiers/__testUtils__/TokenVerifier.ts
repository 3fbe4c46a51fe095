/** What a verifier makes of a token. */
export interface VerificationResult {
  accepted: boolean;
  /** Who it takes the bearer for, where it says so. */
  username?: string;
  groups?: string[];
}

/** Something that decides whether a token lets its bearer in. */
export interface TokenVerifier {
  verify(token: string): Promise<VerificationResult>;
}
