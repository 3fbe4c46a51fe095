import {
  CompoundEntityRef,
  KubernetesValidatorFunctions,
  parseEntityRef,
} from '@backstage/catalog-model';

/**
 * Reads a typed entity ref, if the catalog can have such an entity.
 *
 * Only ASCII passes, because lowercasing folds other characters onto it: KELVIN SIGN becomes `k`.
 *
 * @returns undefined if it is none
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
