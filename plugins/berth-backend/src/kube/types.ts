import type { KubeTarget } from '@berth/plugin-berth-node';

export type { KubeFailure, KubeTarget } from '@berth/plugin-berth-node';

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

/** Which object of a kind. */
export interface KubeKey {
  name: string;
  namespace?: string;
}

/** Which objects of a kind. */
export interface KubeSelection {
  /** All namespaces where none is given. */
  namespace?: string;
  labelSelector?: string;
}

/** Some objects of a list. */
export interface KubePage<T> {
  items: T[];
  /** Whether the list begins here. A list can begin again; then the pages before are void. */
  begins: boolean;
  /** The moment that the list shows; a watch goes on from there. */
  resourceVersion: string;
}

/** What happened to an object, or the version up to which all events were sent. */
export type KubeWatchEvent<T> =
  | { type: 'ADDED' | 'MODIFIED' | 'DELETED'; object: T }
  | { type: 'BOOKMARK'; resourceVersion: string };

export interface KubeCallOptions {
  /** Once aborted, the call rejects with the signal's reason. */
  signal?: AbortSignal;
}

export interface KubeReviewOptions extends KubeCallOptions {
  /** What is posted to, where it is no collection of its own. */
  subresource?: { resource: KubeResource; key: KubeKey; name: string };
}

/**
 * One API server, called with one credential. No method follows a redirect or reads more than a bounded body, and
 * each ends by a deadline. Failures are thrown as `KubeError`. The only other errors are those of `getToken`,
 * unchanged, and InputError for a name that is not valid in a path.
 */
export interface KubeClient {
  version(options?: KubeCallOptions): Promise<{ gitVersion: string }>;
  /** Resolves with undefined where there is no such object. */
  get<T extends KubeObject>(
    resource: KubeResource,
    key: KubeKey,
    options?: KubeCallOptions,
  ): Promise<T | undefined>;
  /** All pages of 500, one object at a time, each once. Ends even where the list does not. */
  list<T extends KubeObject>(
    resource: KubeResource,
    selection?: KubeSelection,
    options?: KubeCallOptions,
  ): AsyncIterable<T>;
  /** As `list`, page by page, with what a watch needs to go on. */
  pages<T extends KubeObject>(
    resource: KubeResource,
    selection?: KubeSelection,
    options?: KubeCallOptions,
  ): AsyncIterable<KubePage<T>>;
  /**
   * Watches from a version on. An object that no longer matches the selector is reported as `DELETED`.
   *
   * @returns the events, once the API server has accepted the watch. They end within a minute; then open the watch
   * again from the last version. `Gone` is thrown if the API server no longer has that version
   */
  watch<T extends KubeObject>(
    resource: KubeResource,
    selection: KubeSelection & { resourceVersion: string },
    options?: KubeCallOptions,
  ): Promise<AsyncIterable<KubeWatchEvent<T>>>;
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
    key: KubeKey,
    preconditions: { uid: string },
    options?: KubeCallOptions,
  ): Promise<boolean>;
  /**
   * POST of a review, or of what works as one does, such as a TokenRequest to a service account.
   *
   * @returns its status, as the API server gives it
   */
  review<Spec extends object, Status extends object>(
    resource: KubeResource,
    spec: Spec,
    options?: KubeReviewOptions,
  ): Promise<Status>;
}

/** Creates clients. Its creator decides what it can connect to. */
export interface KubeClientFactory {
  /** @param getToken - asked before each call, so that tokens can be short-lived */
  create(target: KubeTarget, getToken: () => Promise<string>): KubeClient;
  /** Closes all connections. */
  close(): Promise<void>;
}
