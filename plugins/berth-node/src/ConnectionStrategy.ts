import {
  LoggerService,
  RootConfigService,
} from '@backstage/backend-plugin-api';

/**
 * The cluster that a strategy authenticates to.
 *
 * @public
 */
export interface ConnectionTarget {
  /** ULID; empty while the cluster is only about to be registered. */
  id: string;
  name: string;
  /** `https://host[:port]` of the API server. */
  apiServer: string;
  /** The only CA bundle that is trusted, PEM. */
  caPem: string;
}

/**
 * What Berth stores for a strategy, encrypted: only the strategy can read it.
 *
 * @public
 */
export interface ConnectionCredential {
  secret: Record<string, string>;
  /** ISO 8601. */
  issuedAt?: string;
  /** ISO 8601. Without it the credential is taken to last for ever, and is never renewed. */
  expiresAt?: string;
}

/**
 * How the portal itself authenticates to a cluster. Berth keeps the credential of a strategy that needs
 * one: it encrypts it, has it renewed between half and four fifths of its life, and tells of a renewal that
 * fails before it expires.
 *
 * No method may put a credential into an error or a log.
 *
 * @public
 */
export interface ConnectionStrategy {
  /**
   * Looks at what an admin gave as `credential`. Does not reach for the cluster.
   *
   * @param credential - undefined where none was given
   * @throws InputError saying what is missing or wrong, without any value
   */
  validate(credential: Record<string, string> | undefined): void;
  /**
   * Makes of what an admin gave what is kept, before the cluster is saved; if it rejects, nothing is
   * saved. Without it, what was given is kept as it is.
   */
  accept?(
    target: ConnectionTarget,
    credential: Record<string, string>,
  ): Promise<ConnectionCredential>;
  /**
   * A bearer token that the cluster's API server accepts as the portal. Asked for before every call.
   *
   * @param credential - what is kept; undefined where nothing is
   */
  getToken(
    target: ConnectionTarget,
    credential: ConnectionCredential | undefined,
  ): Promise<string>;
  /**
   * A token that may do no more than read the namespace `kube-system`, for an address of which it is not
   * known yet whether the cluster is the same one. Without it, such an address is refused unless its
   * certificate is of the CA that was trusted before.
   */
  getIdentityToken?(
    target: ConnectionTarget,
    credential: ConnectionCredential | undefined,
  ): Promise<string>;
  /** A fresh credential in place of one that is going to expire. */
  renew?(
    target: ConnectionTarget,
    credential: ConnectionCredential,
  ): Promise<ConnectionCredential>;
}

/**
 * What a strategy may use of the portal.
 *
 * @public
 */
export interface ConnectionStrategyServices {
  config: RootConfigService;
  logger: LoggerService;
}

/**
 * Makes a strategy, once, when the backend starts.
 *
 * @public
 */
export type ConnectionStrategyFactory = (
  services: ConnectionStrategyServices,
) => ConnectionStrategy;
