/**
 * Binds a change to the state that the caller saw. If the state has changed since, the change is refused with status
 * 412 and nothing is saved.
 *
 * @public
 */
export interface ChangeOptions {
  /** The `etag` that the caller saw; `*` overwrites any state. */
  etag: string;
}

/** @public */
export interface CallOptions {
  /** Ends the call. */
  signal?: AbortSignal;
}
