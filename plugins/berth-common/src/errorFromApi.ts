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

const ERRORS = {
  400: InputError,
  401: AuthenticationError,
  403: NotAllowedError,
  404: NotFoundError,
  409: ConflictError,
};

/**
 * Converts a refusal of Berth's API to an error of the same kind with the API's own message, which names the field
 * and the rule. Other failures become a `ServiceUnavailableError`.
 *
 * @param error - the error that a client threw
 * @param what - the action that failed; it precedes the API's message
 * @public
 */
export function errorFromApi(error: unknown, what?: string): Error {
  const status = error instanceof ResponseError ? error.statusCode : undefined;
  const Type = ERRORS[status as keyof typeof ERRORS] ?? ServiceUnavailableError;
  const words = apiErrorMessage(error);
  return new Type(what === undefined ? words : `${what}: ${words}`);
}

/** Returns the API's own message, without the status line. @public */
export function apiErrorMessage(error: unknown): string {
  if (error instanceof ResponseError) {
    return error.body.error.message;
  }
  return isError(error) ? error.message : String(error);
}
