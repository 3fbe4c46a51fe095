import {
  KubernetesValidatorFunctions,
  parseEntityRef,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import { shown } from './shown';

/**
 * The one spelling under which a catalog group is stored: lowercase, with kind and namespace.
 *
 * Only ASCII passes, because lowercasing folds other characters onto it: KELVIN SIGN becomes `k`.
 *
 * @throws InputError naming the value and the rule
 */
export function normalizeGroupRef(groupRef: string): string {
  const { kind, namespace, name } = parseGroupRef(groupRef);
  return stringifyEntityRef({ kind, namespace, name });
}

/** The group's `metadata.name` in the spelling of the ref. */
export function groupNameOf(groupRef: string): string {
  return parseGroupRef(groupRef).name;
}

function parseGroupRef(groupRef: string) {
  if (!/^group:[!-~]+$/i.test(groupRef)) {
    throw invalid(groupRef);
  }
  const ref = parseEntityRefOrThrow(groupRef);
  if (
    !KubernetesValidatorFunctions.isValidNamespace(
      ref.namespace.toLowerCase(),
    ) ||
    !KubernetesValidatorFunctions.isValidObjectName(ref.name)
  ) {
    throw invalid(groupRef);
  }
  return ref;
}

function parseEntityRefOrThrow(groupRef: string) {
  try {
    return parseEntityRef(groupRef);
  } catch {
    throw invalid(groupRef);
  }
}

function invalid(groupRef: string): InputError {
  return new InputError(
    `${shown(
      groupRef,
    )} is not a group's entity ref: write group:<namespace>/<name> in ASCII letters, digits, "-", "_" and "."`,
  );
}
