import { InputError, NotFoundError } from '@backstage/errors';
import { RevealedSecret } from '@berth/plugin-berth-common';
import { quoteUntrusted } from '../../text/quoteUntrusted';
import { JsonRecord, textAt, valueAt } from './json';
import { isSecret } from './secrets';

/**
 * Returns values of a Secret.
 *
 * @throws InputError for another kind; NotFoundError if the Secret does not have a key
 */
export function revealSecret(
  secret: JsonRecord,
  keys: string[],
): RevealedSecret {
  if (!isSecret(secret)) {
    throw new InputError('Only a Secret has values to reveal');
  }
  const values = [...new Set(keys)].map(key => {
    const base64 = valueAt(secret, 'data', key);
    if (typeof base64 !== 'string') {
      throw new NotFoundError(
        `Secret ${textAt(
          secret,
          'metadata',
          'name',
        )} has no key ${quoteUntrusted(key)}`,
      );
    }
    const text = textOf(Buffer.from(base64, 'base64'));
    return [key, { base64, ...(text !== undefined && { text }) }] as const;
  });
  return { values: Object.fromEntries(values) };
}

function textOf(bytes: Buffer): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(
      bytes,
    );
  } catch {
    return undefined;
  }
}
