import { Forger } from './Forger';

/**
 * - `flags`: kube-apiserver with `--oidc-*` flags
 * - `configuration`: modern Kubernetes with an AuthenticationConfiguration
 * - `sandbox`: our API server in memory
 * - `portal`: the portal, asked for clusters, access and a token, with this token as the caller's credential
 */
export type VerifierName = 'flags' | 'configuration' | 'sandbox' | 'portal';

/** A token that differs, perhaps slightly, from the tokens that Berth issues. */
export interface Mutation {
  name: string;
  make(forger: Forger): string;
  /** The verifiers that accept it. None by default. */
  acceptedBy?: VerifierName[];
  /** The reason why some accept it, if that is surprising. */
  because?: string;
  /** The user that an API server sees, if it is not alice of team-a. */
  user?: { username?: string; groups?: string[] };
}

export const CLUSTERS: VerifierName[] = ['flags', 'configuration', 'sandbox'];
