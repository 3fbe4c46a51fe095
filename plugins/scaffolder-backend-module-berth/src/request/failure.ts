import {
  AuthenticationError,
  ConflictError,
  InputError,
  isError,
  NotAllowedError,
  NotFoundError,
  ResponseError,
  ServiceUnavailableError,
} from '@backstage/errors';
import { RequestAsk } from '@berth/plugin-berth-common';

const ERRORS = {
  400: InputError,
  401: AuthenticationError,
  403: NotAllowedError,
  404: NotFoundError,
  409: ConflictError,
};

/** An error of the API in its own words, which name the field and the rule, for the log of the task. */
export function refused(what: string, error: unknown): Error {
  const status = statusOf(error);
  const Type = ERRORS[status as keyof typeof ERRORS] ?? ServiceUnavailableError;
  return new Type(`${what}: ${wordsOf(error)}`);
}

/** Whether it may be another answer in a while. */
export function isPassing(error: unknown): boolean {
  const status = statusOf(error);
  return status === undefined || status === 429 || status >= 500;
}

export function wordsOf(error: unknown): string {
  if (error instanceof ResponseError) {
    return error.body.error.message;
  }
  return isError(error) ? error.message : String(error);
}

export function titleOf(ask: RequestAsk): string {
  const where = `${ask.namespace} on ${ask.cluster}`;
  switch (ask.kind) {
    case 'namespace':
      return `the namespace ${where}`;
    case 'quota':
      return `another quota of ${where}`;
    default:
      return `the role ${ask.role} of ${ask.group} in ${where}`;
  }
}

/** Before there was an answer, there is no status. */
function statusOf(error: unknown): number | undefined {
  return error instanceof ResponseError ? error.statusCode : undefined;
}
