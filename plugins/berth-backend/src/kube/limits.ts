/** What one call may take. Times in milliseconds. */
export interface KubeLimits {
  /** Name resolution, TCP and TLS together. */
  connectTimeout: number;
  /** From the request until the headers of the answer. */
  headersTimeout: number;
  /** A whole call, from asking for the token to the last byte. */
  requestTimeout: number;
  /** A whole list, all pages and restarts. */
  listTimeout: number;
  maxBodyBytes: number;
  maxHeaderBytes: number;
  /** Objects in a list. */
  maxListItems: number;
  /** Pages of a list, empty ones and restarts included. */
  maxListPages: number;
  /** How often a list begins again because its continue token expired. */
  maxListRestarts: number;
  /** Connections to one API server at a time. */
  maxConnections: number;
}

export const DEFAULT_KUBE_LIMITS: KubeLimits = {
  connectTimeout: 5_000,
  headersTimeout: 15_000,
  requestTimeout: 30_000,
  listTimeout: 300_000,
  maxBodyBytes: 16 * 1024 * 1024,
  maxHeaderBytes: 16 * 1024,
  maxListItems: 1_000_000,
  maxListPages: 10_000,
  maxListRestarts: 3,
  maxConnections: 16,
};
