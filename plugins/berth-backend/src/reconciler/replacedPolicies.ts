import { keyText } from './keys';
import { nameRefusal } from './plan';
import { DesiredSubject, InventoryEntry } from './types';

/**
 * Returns the network policies that others replace, by `keyText`: those that nobody wants any more in a namespace where
 * others are wanted. They are deleted after the others are applied, so that the namespace is never without policies.
 */
export function replacedPolicies(
  wanted: DesiredSubject[],
  unwanted: InventoryEntry[],
): ReadonlySet<string> {
  const namespaces = new Set(
    wanted
      .filter(subject => !nameRefusal(subject))
      .flatMap(({ objects }) => objects)
      .filter(({ kind }) => kind === 'NetworkPolicy')
      .map(({ metadata }) => metadata.namespace),
  );
  return new Set(
    unwanted
      .filter(
        ({ kind, namespace }) =>
          kind === 'NetworkPolicy' && namespaces.has(namespace),
      )
      .map(keyText),
  );
}
