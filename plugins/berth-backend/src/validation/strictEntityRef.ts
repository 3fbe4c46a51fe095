import {
  CompoundEntityRef,
  KubernetesValidatorFunctions,
  parseEntityRef,
} from '@backstage/catalog-model';

/**
 * Parses a typed entity ref, if the catalog can have such an entity.
 *
 * Only ASCII passes, because lowercasing maps other characters to it: KELVIN SIGN becomes `k`.
 *
 * @returns undefined if the text is not such a ref
 */
export function parseStrictRef(
  typed: string,
  defaultKind?: string,
): CompoundEntityRef | undefined {
  if (!/^[!-~]+$/.test(typed)) {
    return undefined;
  }
  const ref = parseOrUndefined(typed, defaultKind);
  const { isValidNamespace, isValidObjectName } = KubernetesValidatorFunctions;
  return ref &&
    isValidNamespace(ref.namespace.toLowerCase()) &&
    isValidObjectName(ref.name)
    ? ref
    : undefined;
}

function parseOrUndefined(typed: string, defaultKind?: string) {
  try {
    return parseEntityRef(typed, { defaultKind });
  } catch {
    return undefined;
  }
}
