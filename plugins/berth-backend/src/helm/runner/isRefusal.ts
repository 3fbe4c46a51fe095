import { isError } from '@backstage/errors';

/** The errors of which the person has no right any more. Any other error is a failure of the portal. */
const REFUSALS = new Set([
  'NotAllowedError',
  'NotFoundError',
  'NotImplementedError',
]);

export function isRefusal(error: unknown): error is Error {
  return isError(error) && REFUSALS.has(error.name);
}
