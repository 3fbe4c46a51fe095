import { InputError } from '@backstage/errors';
import { quoteUntrusted } from '../text/quoteUntrusted';
import { PreconditionFailedError } from '../validation/preconditions';

interface Revisioned {
  name: string;
  revision: number;
}

/** @see https://www.rfc-editor.org/rfc/rfc9110#name-etag */
export function etagOf({ revision }: Pick<Revisioned, 'revision'>): string {
  return `"${revision}"`;
}

/**
 * Reads the header `If-Match`.
 *
 * @returns undefined if the request accepts any revision
 * @throws InputError if it is not an ETag of Berth
 */
export function parseIfMatch(header: string | undefined): number | undefined {
  if (header === undefined || header.trim() === '*') {
    return undefined;
  }
  const [, revision] = /^"(\d{1,9})"$/.exec(header.trim()) ?? [];
  if (revision === undefined) {
    throw new InputError(
      `If-Match ${quoteUntrusted(
        header,
      )} is no ETag of a cluster: give the one that GET answered with, such as "3", or leave it out`,
    );
  }
  return Number(revision);
}

/** @throws PreconditionFailedError if it is at another revision */
export function assertRevision(
  { name, revision }: Revisioned,
  expected: number | undefined,
): void {
  if (expected !== undefined && revision !== expected) {
    throw new PreconditionFailedError(
      `The settings of the cluster "${name}" have changed (their ETag is "${revision}", and this change is based on "${expected}"). Load them again and repeat the change`,
    );
  }
}
