/** Where an API server is and how it is trusted. */
export interface KubeTarget {
  /** `https://host[:port]`. */
  apiServer: string;
  /** The only CA bundle that is trusted, PEM. */
  caPem: string;
}

/** The identifying part of every Kubernetes object. */
export interface KubeObject {
  apiVersion: string;
  kind: string;
  metadata: {
    name: string;
    namespace?: string;
    uid?: string;
    resourceVersion?: string;
    labels?: Record<string, string>;
    annotations?: Record<string, string>;
    deletionTimestamp?: string;
  };
}

/** Where the objects of a kind are, such as `{apiVersion: 'v1', plural: 'namespaces'}`. */
export interface KubeResource {
  apiVersion: string;
  kind: string;
  plural: string;
  namespaced: boolean;
}

/** Why a call to an API server failed, decided once in `classify`. */
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

export interface KubeCallOptions {
  signal?: AbortSignal;
}

/**
 * One API server, spoken to with one credential. Every method throws a `KubeError` on failure; no
 * method follows a redirect, none reads more than a bounded body, and each ends by a deadline.
 */
export interface KubeClient {
  version(options?: KubeCallOptions): Promise<{ gitVersion: string }>;
  /** Resolves with undefined where there is no such object. */
  get<T extends KubeObject>(
    resource: KubeResource,
    key: { name: string; namespace?: string },
    options?: KubeCallOptions,
  ): Promise<T | undefined>;
  /** All pages, one object at a time, `limit=500` each. */
  list<T extends KubeObject>(
    resource: KubeResource,
    selection?: { namespace?: string; labelSelector?: string },
    options?: KubeCallOptions,
  ): AsyncIterable<T>;
  /** POST: fails with `Conflict` where the object exists. */
  create<T extends KubeObject>(
    resource: KubeResource,
    object: T,
    options?: KubeCallOptions,
  ): Promise<T>;
  /** Server-side apply with `fieldManager=berth&force=true`. */
  apply<T extends KubeObject>(
    resource: KubeResource,
    object: T,
    options?: KubeCallOptions,
  ): Promise<T>;
  /** Resolves with false where there is no such object; `uid` is a precondition. */
  delete(
    resource: KubeResource,
    key: { name: string; namespace?: string },
    preconditions: { uid: string },
    options?: KubeCallOptions,
  ): Promise<boolean>;
}

/** Makes clients. What it may connect to is decided where it is built. */
export interface KubeClientFactory {
  /** @param getToken - asked before each call, so that tokens can be short-lived */
  create(target: KubeTarget, getToken: () => Promise<string>): KubeClient;
  /** Closes all connections. */
  close(): Promise<void>;
}
