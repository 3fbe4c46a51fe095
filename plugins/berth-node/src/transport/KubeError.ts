import { CustomErrorBase } from '@backstage/errors';
import { redact } from './redact';
import { KubeFailure } from './types';

/**
 * Details of a failed call.
 *
 * @public
 */
export interface KubeErrorDetails {
  /** HTTP status, if the server answered. */
  status?: number;
  /** The `reason` of the API server's Status, such as `AlreadyExists`, or a reason of Berth's own. */
  reason?: string;
  /** Seconds to wait before the next try, if the API server gave them. */
  retryAfterSeconds?: number;
}

/**
 * A failed call to an API server. The message is for people and contains no token and no certificate. The error has
 * no `cause`, because causes are printed and may contain either.
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
 * Returns whether an error is a `KubeError`, optionally of one class.
 *
 * @public
 */
export function isKubeError(
  error: unknown,
  failure?: KubeFailure,
): error is KubeError {
  return error instanceof KubeError && (!failure || error.failure === failure);
}
