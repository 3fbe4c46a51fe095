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
 * What Berth's API refused, as an error of the same kind in the API's own words, which name the field and the
 * rule. What failed otherwise is a `ServiceUnavailableError`.
 *
 * @param error - thrown by one of the clients
 * @param what - what was not done, in front of the API's words
 * @public
 */
export function refusalOf(error: unknown, what?: string): Error {
  const status = error instanceof ResponseError ? error.statusCode : undefined;
  const Type = ERRORS[status as keyof typeof ERRORS] ?? ServiceUnavailableError;
  const words = wordsOfRefusal(error);
  return new Type(what === undefined ? words : `${what}: ${words}`);
}

/** The API's own words, without the status line around them. @public */
export function wordsOfRefusal(error: unknown): string {
  if (error instanceof ResponseError) {
    return error.body.error.message;
  }
  return isError(error) ? error.message : String(error);
}
