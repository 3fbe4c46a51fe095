import { CustomErrorBase } from '@backstage/errors';
import { redact } from './redact';
import { KubeFailure } from './types';

/**
 * A field of the request that an API server does not accept, or that another manager owns.
 *
 * @public
 */
export interface KubeErrorCause {
  /** Such as `FieldManagerConflict`. */
  reason: string;
  field: string;
  message: string;
}

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
  /** The fields that the failure is about, if the API server named any. */
  causes?: KubeErrorCause[];
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
  readonly #causes: KubeErrorCause[];

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
    this.#causes = (details.causes ?? []).map(
      ({ reason, field, message: text }) => ({
        reason: redact(reason),
        field: redact(field),
        message: redact(text),
      }),
    );
  }

  /** Not a property of the error itself, because those are printed and may be part of an answer. */
  get causes(): KubeErrorCause[] {
    return this.#causes;
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
