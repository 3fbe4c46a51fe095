import { ConflictError } from '@backstage/errors';
import { RequestRecord } from './types';

/** What is written and listed of a request is bounded, and so are its tries. */
export const MAX_RETRIES = 5;

/** An approval is for now, not for whenever the cluster comes back. */
export const RETRY_WITHIN_MS = 24 * 60 * 60_000;

/** Why a failed request is over; undefined while it may be tried again. */
export function whyOver(
  { retries, updatedAt }: Pick<RequestRecord, 'retries' | 'updatedAt'>,
  now: Date,
): string | undefined {
  if (retries >= MAX_RETRIES) {
    return `it was tried again ${MAX_RETRIES} times`;
  }
  return now.getTime() - new Date(updatedAt).getTime() >= RETRY_WITHIN_MS
    ? 'it failed more than a day ago'
    : undefined;
}

/** @throws ConflictError if a request is not to be tried again */
export function assertRetryable(request: RequestRecord, now: Date): void {
  const { state } = request;
  if (state !== 'Failed') {
    throw new ConflictError(
      `The request is ${state}; only a request that is Failed can be tried again`,
    );
  }
  const over = whyOver(request, now);
  if (over !== undefined) {
    throw new ConflictError(
      `The request cannot be tried again: ${over}. Make a new request`,
    );
  }
}
