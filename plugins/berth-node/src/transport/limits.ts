/**
 * The limits of calls. Times are in milliseconds.
 *
 * @public
 */
export interface KubeLimits {
  /** For name resolution, TCP and TLS together. */
  connectTimeout: number;
  /** From the request to the headers of the answer. */
  headersTimeout: number;
  /** For a whole call, from requesting the token to the last byte. */
  requestTimeout: number;
  /** For a whole list, including all pages and restarts. */
  listTimeout: number;
  /** The duration of a watch. Then it is opened again, with a new token. */
  watchTimeout: number;
  /** The size of an answer. */
  maxBodyBytes: number;
  /** The size of a page of a list, before smaller pages are requested. */
  maxPageBytes: number;
  /** The size of an event in a watch; etcd stores no object above 1.5 MiB. */
  maxLineBytes: number;
  maxHeaderBytes: number;
  /** The number of objects in a list. */
  maxListItems: number;
  /** The size of a list, including all pages and restarts. */
  maxListBytes: number;
  /** The number of pages of a list, including empty ones and restarts. */
  maxListPages: number;
  /** How often a list restarts because its continue token expired. */
  maxListRestarts: number;
  /** The number of simultaneous connections to one API server. */
  maxConnections: number;
  /** The number of simultaneous watches of one API server; they have their own connections. */
  maxWatches: number;
  /** The number of simultaneous connections to one API server for requests that the portal passes on. */
  maxProxyConnections: number;
  /** The number of simultaneous streams of one API server that the portal passes on. */
  maxProxyStreams: number;
  /** The bytes that one API server may send per minute, in answers and watches together. */
  maxBytesPerMinute: number;
  /** How long the portal does not call an API server after an answer beyond the limits. */
  suspendTime: number;
}

/**
 * The default limits of a `KubeTransport`.
 *
 * @public
 */
export const DEFAULT_KUBE_LIMITS: KubeLimits = {
  connectTimeout: 5_000,
  headersTimeout: 15_000,
  requestTimeout: 30_000,
  listTimeout: 300_000,
  watchTimeout: 45_000,
  maxLineBytes: 4 * 1024 * 1024,
  maxBodyBytes: 4 * 1024 * 1024,
  maxPageBytes: 2 * 1024 * 1024,
  maxHeaderBytes: 16 * 1024,
  maxListItems: 200_000,
  maxListBytes: 256 * 1024 * 1024,
  maxListPages: 10_000,
  maxListRestarts: 3,
  maxConnections: 16,
  maxWatches: 16,
  maxProxyConnections: 32,
  maxProxyStreams: 64,
  maxBytesPerMinute: 128 * 1024 * 1024,
  suspendTime: 300_000,
};
