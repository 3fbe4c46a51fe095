/**
 * The address of an API server and the CA that it is trusted by.
 *
 * @public
 */
export interface KubeTarget {
  /** `https://host[:port]`, without a trailing slash; for some providers with a path. */
  apiServer: string;
  /** The only CA bundle that is trusted, PEM. */
  caPem: string;
}

/**
 * The class of a failed call to an API server. Only `classifyFailure` and `classifyResponse` decide it. An address
 * that the policy refuses is `TCP` with the reason `AddressRefused`.
 *
 * @public
 */
export type KubeFailure =
  | 'DNS'
  | 'TCP'
  | 'TLS'
  | 'Timeout'
  | 'Protocol'
  | 'Unauthorized'
  | 'Forbidden'
  | 'NotFound'
  | 'Conflict'
  | 'Gone'
  | 'Invalid'
  | 'TooManyRequests'
  | 'ServerError';
