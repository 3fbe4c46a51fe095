import { InputError } from '@backstage/errors';
import { quoteUntrusted } from '../text/quoteUntrusted';
import { atField } from '../text/fieldProblems';

/** Encodes the end of a page as opaque text. */
export function writeCursor(parts: string[]): string {
  return Buffer.from(JSON.stringify(parts)).toString('base64url');
}

/** @throws InputError if the text is not a cursor with that many parts */
export function readCursor(text: string, parts: number): string[] {
  try {
    const value: unknown = JSON.parse(
      Buffer.from(text, 'base64url').toString(),
    );
    if (
      Array.isArray(value) &&
      value.length === parts &&
      value.every(part => typeof part === 'string')
    ) {
      return value;
    }
  } catch {
    // The error below covers this.
  }
  throw atField(
    new InputError(
      `after is ${quoteUntrusted(
        text,
      )}, but must be the "next" of the page before`,
    ),
    'after',
  );
}
