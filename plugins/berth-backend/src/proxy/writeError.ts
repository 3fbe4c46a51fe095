import { isError } from '@backstage/errors';
import { NextFunction, Response } from 'express';
import { isKubeError } from '../kube';
import { ProxyError } from './ProxyError';

const STATUS_CODES: Record<string, number> = {
  InputError: 400,
  AuthenticationError: 401,
  NotAllowedError: 403,
  NotFoundError: 404,
  NotImplementedError: 501,
  ServiceUnavailableError: 503,
  StreamLimitError: 429,
};

/** The words that Kubernetes has for statuses. */
const REASONS: Record<number, string> = {
  400: 'BadRequest',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'NotFound',
  405: 'MethodNotAllowed',
  413: 'RequestEntityTooLarge',
  415: 'UnsupportedMediaType',
  429: 'TooManyRequests',
  500: 'InternalError',
  503: 'ServiceUnavailable',
  504: 'Timeout',
};

/** Converts a failure to reach an API server to the status of a gateway. */
export function gatewayError(error: unknown): unknown {
  return isKubeError(error)
    ? new ProxyError(error.failure === 'Timeout' ? 504 : 502, error.message)
    : error;
}

/**
 * Answers with an error. kubectl gets a Kubernetes Status, whose message it prints. Pages get the body of Backstage's
 * errors, from `next`.
 */
export function writeError(
  error: unknown,
  response: Response,
  { kubectl, next }: { kubectl: boolean; next: NextFunction },
): void {
  if (response.headersSent) {
    // The answer has begun: only its end without the last chunk shows that it is not complete.
    response.destroy();
    return;
  }
  response.setHeader('Cache-Control', 'no-store');
  if (error instanceof ProxyError && error.retryAfterSeconds !== undefined) {
    response.setHeader('Retry-After', String(error.retryAfterSeconds));
  }
  const status = statusOf(error);
  if (!kubectl || !status) {
    next(error);
    return;
  }
  response.status(status.code).json(status);
}

/**
 * Returns the Kubernetes Status for an error.
 *
 * @returns undefined for an error whose message is not for the caller
 */
export function statusOf(error: unknown) {
  const code = codeOf(error);
  return code === undefined
    ? undefined
    : {
        kind: 'Status',
        apiVersion: 'v1',
        metadata: {},
        status: 'Failure',
        message: isError(error) ? error.message : '',
        ...(REASONS[code] && { reason: REASONS[code] }),
        code,
      };
}

function codeOf(error: unknown): number | undefined {
  if (error instanceof ProxyError) {
    return error.statusCode;
  }
  return isError(error) ? STATUS_CODES[error.name] : undefined;
}
