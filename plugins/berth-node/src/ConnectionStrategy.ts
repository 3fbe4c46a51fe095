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
  /** ULID; empty until the cluster is registered. */
  id: string;
  name: string;
  /** `https://host[:port]` of the API server. */
  apiServer: string;
  /** The only CA bundle that is trusted, PEM. */
  caPem: string;
}

/**
 * The credential that Berth stores for a strategy, encrypted. Only the strategy can interpret it.
 *
 * @public
 */
export interface ConnectionCredential {
  secret: Record<string, string>;
  /** ISO 8601. */
  issuedAt?: string;
  /** ISO 8601. A credential without an expiry is never renewed. */
  expiresAt?: string;
}

/**
 * Authenticates the portal to a cluster. Berth stores the credential of a strategy that needs one: it encrypts the
 * credential, renews it between half and four fifths of its life, and reports a failed renewal before the credential
 * expires.
 *
 * No method may put a credential into an error or a log.
 *
 * @public
 */
export interface ConnectionStrategy {
  /**
   * Validates the `credential` that an admin entered. Does not call the cluster.
   *
   * @param credential - undefined if the admin entered none
   * @throws InputError naming what is missing or wrong, without any value
   */
  validate(credential: Record<string, string> | undefined): void;
  /**
   * Converts the credential that an admin entered to the credential that Berth stores, before the cluster is saved.
   * If it rejects, nothing is saved. Without this method, Berth stores the entered credential unchanged.
   */
  accept?(
    target: ConnectionTarget,
    credential: Record<string, string>,
  ): Promise<ConnectionCredential>;
  /**
   * Returns a bearer token that the cluster's API server accepts as the portal. Called before every request.
   *
   * @param credential - the stored credential; undefined if none is stored
   */
  getToken(
    target: ConnectionTarget,
    credential: ConnectionCredential | undefined,
  ): Promise<string>;
  /**
   * Returns a token with the single right to read the namespace `kube-system`, for an address that is not yet known
   * to belong to the same cluster. Without this method, Berth refuses such an address unless its certificate is from
   * the CA that was trusted before.
   */
  getIdentityToken?(
    target: ConnectionTarget,
    credential: ConnectionCredential | undefined,
  ): Promise<string>;
  /** Returns a new credential to replace one that is about to expire. */
  renew?(
    target: ConnectionTarget,
    credential: ConnectionCredential,
  ): Promise<ConnectionCredential>;
}

/**
 * The services of the portal that a strategy may use.
 *
 * @public
 */
export interface ConnectionStrategyServices {
  config: RootConfigService;
  logger: LoggerService;
}

/**
 * Creates a strategy, once, when the backend starts.
 *
 * @public
 */
export type ConnectionStrategyFactory = (
  services: ConnectionStrategyServices,
) => ConnectionStrategy;
