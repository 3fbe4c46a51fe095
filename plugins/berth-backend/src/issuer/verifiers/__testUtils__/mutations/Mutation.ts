import { Forger } from './Forger';

/**
 * - `flags`: kube-apiserver with `--oidc-*` flags
 * - `configuration`: modern Kubernetes with an AuthenticationConfiguration
 * - `sandbox`: our API server in memory
 * - `portal`: the portal, asked for clusters, access and a token with this as the caller's credential
 */
export type VerifierName = 'flags' | 'configuration' | 'sandbox' | 'portal';

/** A token that is not, or not quite, one that Berth issues. */
export interface Mutation {
  name: string;
  make(forger: Forger): string;
  /** Those that let its bearer in; nobody by default. */
  acceptedBy?: VerifierName[];
  /** Why some do, where that may surprise. */
  because?: string;
  /** The user that an API server sees, if it is not alice of team-a. */
  user?: { username?: string; groups?: string[] };
}

export const CLUSTERS: VerifierName[] = ['flags', 'configuration', 'sandbox'];
