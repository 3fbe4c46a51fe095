import { CustomErrorBase } from '@backstage/errors';
import { Request, Response } from 'express';
import { createHash } from 'node:crypto';

/** The state changed after the caller read it. */
export class PreconditionFailedError extends CustomErrorBase {
  name = 'PreconditionFailedError' as const;
  /** Read by Backstage's error handler. */
  readonly statusCode = 412;
}

/** A change that removes something does not name the state that the caller read (RFC 6585, section 3). */
export class PreconditionRequiredError extends CustomErrorBase {
  name = 'PreconditionRequiredError' as const;
  /** Read by Backstage's error handler. */
  readonly statusCode = 428;
}

/**
 * Returns the entity tag of a JSON value (RFC 9110, section 8.8.3). All tags of the API come from here, so clients cannot
 * guess the next one.
 */
export function entityTag(value: unknown): string {
  const hash = createHash('sha256').update(JSON.stringify(value) ?? '');
  return `"${hash.digest('base64url').slice(0, 27)}"`;
}

/**
 * Sends the entity tag of an answer as a header. The body also has it as `etag`, because browsers hide the header
 * from pages of another origin. The tag covers only the state that people decide on, so the answer must not be
 * stored: its status may change later.
 */
export function sendEntityTag(response: Response, etag: string): void {
  response.setHeader('ETag', etag);
  response.setHeader('Cache-Control', 'no-store');
}

/** Returns the error of a change to a state that is not the current one. */
export function changedMeanwhile(what: string): PreconditionFailedError {
  return new PreconditionFailedError(
    `${what} was changed by someone else since you looked, so nothing was saved. Look at it again and repeat your change`,
  );
}

/**
 * Prevents a change to another state than the caller read (RFC 9110, sections 13.1.1 and 13.1.2).
 *
 * @param current - the tag of the current state, undefined if there is none
 * @param what - the object of the change, for people
 * @param loses - whether the change removes existing data: then it needs a precondition
 * @throws PreconditionFailedError; PreconditionRequiredError
 */
export function checkPrecondition(
  request: Request,
  current: string | undefined,
  what: string,
  loses: boolean,
): void {
  const wanted = tagsOf(request.headers['if-match']);
  if (wanted && current === undefined) {
    throw new PreconditionFailedError(
      `${what} does not exist, and If-Match changes only what exists, so nothing was saved. Look at it again and repeat your change`,
    );
  }
  if (
    (wanted && !isAmong(wanted, current)) ||
    matchesWeakly(request.headers['if-none-match'], current)
  ) {
    throw changedMeanwhile(what);
  }
  // If-None-Match only excludes a state. It does not name the state that the caller read.
  if (loses && !wanted) {
    throw new PreconditionRequiredError(
      `${what} would lose its current state, and the request does not name the state that it changes, so nothing was saved. Send the "etag" of the state that you read as If-Match; "*" overwrites any state`,
    );
  }
}

/** Returns whether a request names the states that it may change, with another value of `If-Match` than `*`. */
export function namesState(request: Request): boolean {
  const wanted = tagsOf(request.headers['if-match']);
  return wanted !== undefined && !wanted.includes('*');
}

/** A weak tag stays weak, so it never equals a tag of this API, as If-Match demands. */
function tagsOf(header: string | undefined): string[] | undefined {
  if (header === undefined) {
    return undefined;
  }
  return header.trim() === '*' ? ['*'] : header.match(/(W\/)?"[^"]*"/g) ?? [];
}

/**
 * Compares a tag with a header `If-None-Match`. Not Express's `request.fresh`, because that also obeys `Cache-Control:
 * no-cache`, which is an instruction for caches and which `fetch` adds automatically.
 */
export function matchesWeakly(
  ifNoneMatch: string | undefined,
  current: string | undefined,
): boolean {
  const tags = tagsOf(ifNoneMatch) ?? [];
  return isAmong(
    tags.map(tag => tag.replace(/^W\//, '')),
    current,
  );
}

function isAmong(tags: string[], current: string | undefined): boolean {
  return (
    current !== undefined && (tags.includes('*') || tags.includes(current))
  );
}
