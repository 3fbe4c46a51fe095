import { CustomErrorBase } from '@backstage/errors';
import { Request, Response } from 'express';
import { createHash } from 'node:crypto';

/** What was to be changed is not what the caller saw. */
export class PreconditionFailedError extends CustomErrorBase {
  name = 'PreconditionFailedError' as const;
  /** Read by Backstage's error handler. */
  readonly statusCode = 412;
}

/** The entity tag of a JSON value (RFC 9110, section 8.8.3). */
export function entityTag(value: unknown): string {
  const hash = createHash('sha256').update(JSON.stringify(value) ?? '');
  return `"${hash.digest('base64url').slice(0, 27)}"`;
}

/**
 * Tells the caller which state a change may be bound to. It is the tag of what people decide on only, so
 * nobody may take a stored answer for the status of now.
 */
export function sendEntityTag(response: Response, value: unknown): void {
  response.setHeader('ETag', entityTag(value));
  response.setHeader('Cache-Control', 'no-store');
}

/**
 * Keeps a change from being made to another state than the caller saw (RFC 9110, section 13.1.1). A
 * request without `If-Match` passes.
 *
 * @param what - what was changed by somebody else, for people
 * @throws PreconditionFailedError
 */
export function checkIfMatch(
  request: Request,
  current: unknown,
  what: string,
): void {
  const wanted = request.headers['if-match'];
  if (wanted === undefined || wanted.trim() === '*') {
    return;
  }
  const tags = wanted.split(',').map(tag => tag.trim());
  if (!tags.includes(entityTag(current))) {
    throw new PreconditionFailedError(
      `${what} was changed by somebody else since you looked, so nothing was saved. Look at it again and repeat your change`,
    );
  }
}
