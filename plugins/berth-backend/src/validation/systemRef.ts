import { stringifyEntityRef } from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import { parsedBy } from './parseBody';
import { quoteUntrusted } from '../text/quoteUntrusted';
import { parseStrictRef } from './strictEntityRef';

/**
 * Returns the stored spelling of a catalog system's ref: lowercase, with kind and namespace. `shop` is read as
 * `system:default/shop`.
 *
 * @throws InputError naming the value and the rule
 */
export function normalizeSystemRef(systemRef: string): string {
  const ref = parseStrictRef(systemRef, 'system');
  if (ref?.kind.toLowerCase() !== 'system') {
    throw new InputError(
      `${quoteUntrusted(
        systemRef,
      )} is not a system's entity ref: write system:<namespace>/<name>, each part at most 63 ASCII letters, digits, "-", "_" and "."`,
    );
  }
  return stringifyEntityRef(ref);
}

/** The field `system` of a body. */
export const systemField = parsedBy(normalizeSystemRef, 'system').optional();
