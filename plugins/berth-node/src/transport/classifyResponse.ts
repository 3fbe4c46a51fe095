import { KubeError, KubeErrorCause } from './KubeError';
import { KubeFailure } from './types';

const MAX_RETRY_AFTER_SECONDS = 300;
const MAX_CAUSES = 100;

/** The parts of an answer that explain a failure. */
export interface FailedResponse {
  status: number;
  /** The `retry-after` header. */
  retryAfter?: string;
  /** The decoded JSON, if any; it may not be a Kubernetes `Status`. */
  body?: unknown;
}

interface Status {
  kind: 'Status';
  message?: unknown;
  reason?: unknown;
  details?: { retryAfterSeconds?: unknown; causes?: unknown };
}

const WORDS: Partial<Record<KubeFailure, string>> = {
  Protocol: 'answers with a redirect, which is not followed',
  Unauthorized: 'refuses the token',
  Forbidden: 'accepts the token, but its rights do not suffice',
  NotFound: 'knows no such path',
  Conflict: 'sees a conflict',
  Gone: 'no longer has that version',
  Invalid: 'refuses the request as invalid',
  TooManyRequests: 'asks to slow down',
  ServerError: 'failed',
  Timeout: 'ran out of time',
};

/**
 * Classifies an answer other than 2xx.
 *
 * @param server - host and port, for messages
 * @public
 */
export function classifyResponse(
  response: FailedResponse,
  server: string,
): KubeError {
  const failure = failureOf(response.status);
  const status = statusOf(response.body);
  const said = typeof status?.message === 'string' ? status.message : '';
  return new KubeError(
    failure,
    `${server} ${WORDS[failure]} (${response.status})${said && `: ${said}`}`,
    {
      status: response.status,
      reason: typeof status?.reason === 'string' ? status.reason : undefined,
      retryAfterSeconds: retryAfter(response, status),
      causes: causesOf(status),
    },
  );
}

function failureOf(status: number): KubeFailure {
  if (status < 400) {
    return 'Protocol';
  }
  switch (status) {
    case 401:
      return 'Unauthorized';
    case 403:
      return 'Forbidden';
    case 404:
      return 'NotFound';
    case 408:
      return 'Timeout';
    case 409:
      return 'Conflict';
    case 410:
      return 'Gone';
    case 429:
      return 'TooManyRequests';
    default:
      return status < 500 ? 'Invalid' : 'ServerError';
  }
}

function statusOf(body: unknown): Status | undefined {
  const status = body as Status | undefined;
  return status?.kind === 'Status' ? status : undefined;
}

function causesOf(status: Status | undefined): KubeErrorCause[] {
  const causes = status?.details?.causes;
  return (Array.isArray(causes) ? causes : [])
    .slice(0, MAX_CAUSES)
    .map(cause => ({
      reason: textOf(cause?.reason),
      field: textOf(cause?.field),
      message: textOf(cause?.message),
    }));
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** Reads the delay from the header (seconds or a date) or the Status, in whole seconds from 0 to 300. */
function retryAfter(
  response: FailedResponse,
  status: Status | undefined,
): number | undefined {
  const header = response.retryAfter ?? status?.details?.retryAfterSeconds;
  if (header === undefined || header === '') {
    return undefined;
  }
  const seconds = Number.isNaN(Number(header))
    ? (Date.parse(String(header)) - Date.now()) / 1000
    : Number(header);
  return Number.isNaN(seconds)
    ? undefined
    : Math.min(Math.max(Math.ceil(seconds), 0), MAX_RETRY_AFTER_SECONDS);
}
