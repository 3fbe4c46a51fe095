import { InputError } from '@backstage/errors';
import { quoteUntrusted } from '../text/quoteUntrusted';
import { atField } from '../text/fieldProblems';

/**
 * Reads a boolean query parameter.
 *
 * @throws InputError if it is neither `true` nor `false`
 */
export function parseSwitch(name: string, value: unknown): boolean {
  if (value === undefined || value === 'false') {
    return false;
  }
  if (value === 'true') {
    return true;
  }
  throw atField(
    new InputError(
      `${name} ${quoteUntrusted(value)} must be "true" or "false"`,
    ),
    name,
  );
}
