import type {
  KubeAnswer,
  KubeOpenRequest,
  KubeTarget,
  KubeWebSocketRequest,
} from '@berth/plugin-berth-node';
import type { WebSocket } from 'ws';

export type {
  KubeAnswer,
  KubeFailure,
  KubeOpenRequest,
  KubeTarget,
  KubeWebSocketRequest,
} from '@berth/plugin-berth-node';

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

/** Identifies a kind and its path, such as `{apiVersion: 'v1', plural: 'namespaces'}`. */
export interface KubeResource {
  apiVersion: string;
  kind: string;
  plural: string;
  namespaced: boolean;
}

/** Identifies an object of a kind. */
export interface KubeKey {
  name: string;
  namespace?: string;
}

/** Selects objects of a kind. */
export interface KubeSelection {
  /** All namespaces by default. */
  namespace?: string;
  labelSelector?: string;
}

/** A page of a list. */
export interface KubePage<T> {
  items: T[];
  /** Whether the list starts with this page. A list can restart; the earlier pages are then void. */
  begins: boolean;
  /** The version of the list. A watch continues from it. */
  resourceVersion: string;
}

/** A change of an object, or the version up to which all events were sent. */
export type KubeWatchEvent<T> =
  | { type: 'ADDED' | 'MODIFIED' | 'DELETED'; object: T }
  | { type: 'BOOKMARK'; resourceVersion: string };

export interface KubeCallOptions {
  /** Once aborted, the call rejects with the signal's reason. */
  signal?: AbortSignal;
}

export interface KubeReviewOptions extends KubeCallOptions {
  /** The parent object and the name of the subresource to post to, if it is not a collection. */
  subresource?: { resource: KubeResource; key: KubeKey; name: string };
}

/**
 * One API server, called with one credential. No method follows a redirect or reads more than a limited body, and
 * each has a deadline. Failures are thrown as `KubeError`. The only other errors are those of `getToken`,
 * unchanged, and InputError for a name that is not valid in a path.
 */
export interface KubeClient {
  version(options?: KubeCallOptions): Promise<{ gitVersion: string }>;
  /** Resolves with undefined if there is no such object. */
  get<T extends KubeObject>(
    resource: KubeResource,
    key: KubeKey,
    options?: KubeCallOptions,
  ): Promise<T | undefined>;
  /** Yields the objects of all pages of 500, each once. Ends even if the list is endless. */
  list<T extends KubeObject>(
    resource: KubeResource,
    selection?: KubeSelection,
    options?: KubeCallOptions,
  ): AsyncIterable<T>;
  /** Like `list`, page by page, with the version from which a watch continues. */
  pages<T extends KubeObject>(
    resource: KubeResource,
    selection?: KubeSelection,
    options?: KubeCallOptions,
  ): AsyncIterable<KubePage<T>>;
  /**
   * Watches from a version on. An object that no longer matches the selector is reported as `DELETED`.
   *
   * @returns the events, once the API server has accepted the watch. They end within a minute; then open a new
   *   watch from the last version. `Gone` is thrown if the API server no longer has that version
   */
  watch<T extends KubeObject>(
    resource: KubeResource,
    selection: KubeSelection & { resourceVersion: string },
    options?: KubeCallOptions,
  ): Promise<AsyncIterable<KubeWatchEvent<T>>>;
  /** POST: fails with `Conflict` if the object exists. */
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
  /**
   * Server-side apply like `apply`, whose answer has only the metadata of the object. Errors have no words of the API
   * server, which could hold the content of the object.
   */
  applyHidden(
    resource: KubeResource,
    object: KubeObject,
    options?: KubeCallOptions,
  ): Promise<Pick<KubeObject, 'metadata'>>;
  /**
   * Server-side apply as a dry run, which changes nothing.
   *
   * @returns the warnings of the API server
   */
  dryRunApply<T extends KubeObject>(
    resource: KubeResource,
    object: T,
    options?: KubeCallOptions,
  ): Promise<string[]>;
  /** Resolves with false if there is no such object. `uid` is a precondition. */
  delete(
    resource: KubeResource,
    key: KubeKey,
    preconditions: { uid?: string },
    options?: KubeCallOptions,
  ): Promise<boolean>;
  /**
   * POSTs a review, or a request that works like one, such as a TokenRequest of a service account.
   *
   * @returns the status from the API server
   */
  review<Spec extends object, Status extends object>(
    resource: KubeResource,
    spec: Spec,
    options?: KubeReviewOptions,
  ): Promise<Status>;
}

/** Creates clients. The creator of the factory decides which addresses clients may connect to. */
export interface KubeClientFactory {
  /** @param getToken - called before each call, so that tokens can be short-lived */
  create(target: KubeTarget, getToken: () => Promise<string>): KubeClient;
  /** Closes all connections. */
  close(): Promise<void>;
}

/** Opens connections of people that carry bytes in both directions. */
export interface KubeSockets {
  /**
   * @param token - the token of the person
   * @returns an open WebSocket that is paused
   * @throws KubeError, or the reason of `request.signal` once that is aborted
   */
  connect(
    target: KubeTarget,
    token: string,
    request: KubeWebSocketRequest,
  ): Promise<WebSocket>;
}

/** Sends requests of people whose answers the portal passes on unread. */
export interface KubeGateway {
  /**
   * @param token - the token of the person
   * @throws KubeError, or the reason of `request.signal` once that is aborted
   */
  open(
    target: KubeTarget,
    token: string,
    request: KubeOpenRequest,
  ): Promise<KubeAnswer>;
}

/** One request of a person to an API server. */
export interface PersonRequest {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** The escaped path below the API server's address, with a leading slash. */
  path: string;
  query?: Record<string, string | undefined>;
  /** `application/json` by default. The answer must be JSON in any case. */
  accept?: string;
  body?: { contentType: string; content: unknown };
  signal?: AbortSignal;
  /** Called with each warning of a 2xx answer. */
  onWarning?: (text: string) => void;
  /** The size of the answer; 4 MiB by default. */
  maxBytes?: number;
  /** Called with the size of each part of a 2xx answer. It stops the reading by throwing. */
  meter?: (bytes: number) => void;
}

/** A request of a person whose answer the caller reads and bounds. */
export interface PersonOpenRequest {
  method: KubeOpenRequest['method'];
  /** The escaped path below the API server's address, with a leading slash. */
  path: string;
  query?: Record<string, string>;
  headers: Record<string, string>;
  /** Ends the exchange, also while the body of the answer is read. */
  signal: AbortSignal;
  /** Whether the answer is endless, such as a followed log; streams have their own connections. */
  stream?: boolean;
}

/** One API server, called with the token of a person. The API server decides what the person may do. */
export interface PersonClient {
  /** Host and port, for messages. */
  readonly server: string;
  /**
   * @returns the decoded JSON of a 2xx answer
   * @throws KubeError, or the reason of `request.signal` once that is aborted
   */
  request(request: PersonRequest): Promise<unknown>;
  /**
   * @returns the answer of any status, unread
   * @throws KubeError, or the reason of `request.signal` once that is aborted
   */
  open(request: PersonOpenRequest): Promise<KubeAnswer>;
}

/** Creates clients for people. They share connections, but never tokens. */
export interface PersonClients {
  /** @param token - the token of the person for this cluster */
  forPerson(target: KubeTarget, token: string): PersonClient;
}
