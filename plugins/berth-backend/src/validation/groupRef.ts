import { stringifyEntityRef } from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import { quoteUntrusted } from '../text/quoteUntrusted';
import { parseStrictRef } from './strictEntityRef';

/**
 * Returns the stored spelling of a catalog group's ref: lowercase, with kind and namespace.
 *
 * @throws InputError naming the value and the rule
 */
export function normalizeGroupRef(groupRef: string): string {
  const { kind, namespace, name } = parseGroupRef(groupRef);
  return stringifyEntityRef({ kind, namespace, name });
}

/** Returns the group's `metadata.name` in the spelling of the ref. */
export function groupNameOf(groupRef: string): string {
  return parseGroupRef(groupRef).name;
}

function parseGroupRef(groupRef: string) {
  const ref = parseStrictRef(groupRef);
  if (ref?.kind.toLowerCase() !== 'group') {
    throw new InputError(
      `${quoteUntrusted(
        groupRef,
      )} is not a group's entity ref: write group:<namespace>/<name> in ASCII letters, digits, "-", "_" and "."`,
    );
  }
  return ref;
}
