/**
 * What one call may take. Times in milliseconds.
 *
 * @public
 */
export interface KubeLimits {
  /** Name resolution, TCP and TLS together. */
  connectTimeout: number;
  /** From the request until the headers of the answer. */
  headersTimeout: number;
  /** A whole call, from asking for the token to the last byte. */
  requestTimeout: number;
  /** A whole list, all pages and restarts. */
  listTimeout: number;
  /** How long a watch lasts before it is opened again, with a fresh token. */
  watchTimeout: number;
  /** Of an answer. */
  maxBodyBytes: number;
  /** Of a page of a list, before smaller pages are asked for. */
  maxPageBytes: number;
  /** Of an event in a watch; etcd holds no object of more than 1.5 MiB. */
  maxLineBytes: number;
  maxHeaderBytes: number;
  /** Objects in a list. */
  maxListItems: number;
  /** Of a list, all pages and restarts. */
  maxListBytes: number;
  /** Pages of a list, empty ones and restarts included. */
  maxListPages: number;
  /** How often a list begins again because its continue token expired. */
  maxListRestarts: number;
  /** Connections to one API server at a time. */
  maxConnections: number;
  /** Watches of one API server at a time; they have connections of their own. */
  maxWatches: number;
  /** What one API server may send in a minute, answers and watches together. */
  maxBytesPerMinute: number;
  /** How long an API server is left alone after an answer beyond the bounds. */
  suspendTime: number;
}

/**
 * The limits of a `KubeTransport` unless it gets others.
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
  maxBytesPerMinute: 128 * 1024 * 1024,
  suspendTime: 300_000,
};
