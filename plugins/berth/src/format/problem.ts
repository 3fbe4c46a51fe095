import { ResponseError, isError } from '@backstage/errors';

/** What kind of failure an API call met, as far as people must tell them apart. */
export type ProblemKind =
  | 'forbidden'
  | 'notFound'
  | 'conflict'
  | 'invalid'
  | 'unreachable'
  | 'failed';

/** A failed API call, told to people. */
export interface Problem {
  kind: ProblemKind;
  /** What the backend said, or the browser where the backend said nothing. */
  message: string;
}

const GATEWAY_STATUSES: ReadonlySet<number> = new Set([502, 503, 504]);

/** Tells what an error of the API client means. */
export function problemOf(error: unknown): Problem {
  if (isResponseError(error)) {
    const { statusCode, body } = error;
    return {
      kind: kindOf(statusCode),
      message: body?.error?.message || error.message,
    };
  }
  if (!isError(error)) {
    return { kind: 'failed', message: String(error) };
  }
  // A browser's fetch rejects with a TypeError when there is no answer at all.
  const kind = error.name === 'TypeError' ? 'unreachable' : 'failed';
  return { kind, message: error.message };
}

/** Whether a change was refused because somebody else changed the same since it was looked at (412). */
export function isOutdated(error: unknown): boolean {
  return isResponseError(error) && error.statusCode === 412;
}

function isResponseError(error: unknown): error is ResponseError {
  return isError(error) && error.name === 'ResponseError';
}

function kindOf(status: number): ProblemKind {
  if (GATEWAY_STATUSES.has(status)) {
    return 'unreachable';
  }
  switch (status) {
    case 400:
    case 422:
      return 'invalid';
    case 401:
    case 403:
      return 'forbidden';
    case 404:
      return 'notFound';
    case 409:
      return 'conflict';
    default:
      return 'failed';
  }
}
