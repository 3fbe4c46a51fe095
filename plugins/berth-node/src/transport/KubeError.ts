import { CustomErrorBase } from '@backstage/errors';
import { redact } from './redact';
import { KubeFailure } from './types';

/**
 * What is known of a failed call beyond its class.
 *
 * @public
 */
export interface KubeErrorDetails {
  /** HTTP status, where there was an answer. */
  status?: number;
  /** The `reason` of the API server's Status, such as `AlreadyExists`, or our own word. */
  reason?: string;
  /** Seconds to wait before the next try, where the API server said so. */
  retryAfterSeconds?: number;
}

/**
 * A call to an API server failed. The message is for people; no token and no certificate survives in
 * it, and it carries no `cause`, because causes are printed and may hold either.
 *
 * @public
 */
export class KubeError extends CustomErrorBase {
  name = 'KubeError' as const;
  readonly failure: KubeFailure;
  readonly status?: number;
  readonly reason?: string;
  readonly retryAfterSeconds?: number;

  constructor(
    failure: KubeFailure,
    message: string,
    details: KubeErrorDetails = {},
  ) {
    super(redact(message));
    this.failure = failure;
    this.status = details.status;
    this.reason = details.reason && redact(details.reason);
    this.retryAfterSeconds = details.retryAfterSeconds;
  }
}

/**
 * Whether an error is a `KubeError`, optionally of one class.
 *
 * @public
 */
export function isKubeError(
  error: unknown,
  failure?: KubeFailure,
): error is KubeError {
  return error instanceof KubeError && (!failure || error.failure === failure);
}
