import { ResponseError } from '@backstage/errors';

/** Returns whether a later call may succeed. Without an answer, there is no status. */
export function isPassing(error: unknown): boolean {
  if (!(error instanceof ResponseError)) {
    return true;
  }
  const { statusCode } = error;
  return statusCode === 429 || statusCode >= 500;
}
