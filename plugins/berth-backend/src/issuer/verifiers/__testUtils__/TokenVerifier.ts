/** The verdict of a verifier on a token. */
export interface VerificationResult {
  accepted: boolean;
  /** The identity of the bearer, if the verifier reports it. */
  username?: string;
  groups?: string[];
}

/** Decides whether a token gives its bearer access. */
export interface TokenVerifier {
  verify(token: string): Promise<VerificationResult>;
}
