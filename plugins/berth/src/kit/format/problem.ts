import { ResponseError, isError } from '@backstage/errors';
import { FieldProblem } from '@berth/plugin-berth-common';

/** The kind of a failed API call, as far as people need to distinguish it. */
export type ProblemKind =
  | 'forbidden'
  | 'notFound'
  | 'conflict'
  | 'invalid'
  | 'unreachable'
  | 'unavailable'
  | 'failed';

/** A failed API call, in words for people. */
export interface Problem {
  kind: ProblemKind;
  /** The backend's message, or the browser's if the backend did not answer. */
  message: string;
}

/** Statuses that come from either the backend or a proxy in front of it. */
const GATEWAY_STATUSES: ReadonlySet<number> = new Set([502, 503, 504]);

/** Explains an error of the API client. */
export function problemOf(error: unknown): Problem {
  if (isResponseError(error)) {
    const { statusCode, body } = error;
    return {
      kind:
        GATEWAY_STATUSES.has(statusCode) && isFromBackend(error)
          ? 'unavailable'
          : kindOf(statusCode),
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

/** Returns the problems of single fields that the backend reports. */
export function fieldProblemsOf(error: unknown): FieldProblem[] {
  // A proxy in front of the backend may answer with anything.
  const problems: unknown = isResponseError(error)
    ? error.body?.error?.problems
    : undefined;
  return Array.isArray(problems) ? problems : [];
}

/** Returns whether a change was refused because another person changed the resource since it was read (412). */
export function isOutdated(error: unknown): boolean {
  return isResponseError(error) && error.statusCode === 412;
}

/** Returns whether the backend, or a proxy in front of it, refused a request. */
export function isResponseError(error: unknown): error is ResponseError {
  return isError(error) && error.name === 'ResponseError';
}

/**
 * Returns whether the backend itself refused a request, for example because a cluster does not answer. A proxy's
 * error has no Backstage body, so its name in `ResponseError` is "Error".
 */
function isFromBackend({ body }: ResponseError): boolean {
  const { name = 'Error' } = body?.error ?? {};
  return name !== 'Error';
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

/**
 * Prevents an editor from overwriting changes that it has not seen: every editable answer has a tag.
 *
 * @throws Error if the backend sent no tag
 */
export function assertTag(etag: string | undefined): asserts etag is string {
  if (!etag) {
    throw new Error(
      'The backend did not say which version this page shows, so saving could undo what someone else saved. Nothing was saved. Reload the page; if that does not help, the backend is older than this page.',
    );
  }
}
