/**
 * Where an API server is and how it is trusted.
 *
 * @public
 */
export interface KubeTarget {
  /** `https://host[:port]`, without a trailing slash; some providers have a path in it. */
  apiServer: string;
  /** The only CA bundle that is trusted, PEM. */
  caPem: string;
}

/**
 * Why a call to an API server failed, decided once in `classifyFailure` and `classifyResponse`. An
 * address that the policy refuses is `TCP` with the reason `AddressRefused`.
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
