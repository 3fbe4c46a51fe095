import { keyOf, keyText } from './keys';
import {
  Action,
  InventoryEntry,
  ObjectKey,
  ObjectKind,
  Problem,
} from './types';

/** Objects that must exist in a namespace before anybody gets access, and the words for them. */
const PREREQUISITES: Partial<Record<ObjectKind, string>> = {
  ResourceQuota: 'quota',
  NetworkPolicy: 'network policy',
};

/**
 * The guards of one namespace. While one of them was never applied, no new role binding is made: otherwise
 * one refused quota would let everybody in without a bound. If a change of a guard fails that was applied
 * once, nobody loses access.
 */
export class AccessPrerequisites {
  readonly #applied: ReadonlySet<string>;
  #missing?: { kind: ObjectKind; problem: Problem };

  /** @param applied - see `appliedOnce` */
  constructor(applied: ReadonlySet<string>) {
    this.#applied = applied;
  }

  /** A guard could not be applied. Other kinds are ignored. */
  failed(key: ObjectKey, problem: Problem): void {
    if (PREREQUISITES[key.kind] && !this.#applied.has(keyText(key))) {
      this.#missing ??= { kind: key.kind, problem };
    }
  }

  /** Why an action must wait; undefined if it may go ahead. */
  problemOf(action: Action): Problem | undefined {
    if (!this.#missing || !grantsAccess(action)) {
      return undefined;
    }
    const { kind, problem } = this.#missing;
    return {
      cause: `${kind}NotApplied`,
      message: `Nobody gets access to the namespace before its ${PREREQUISITES[kind]} is applied for the first time, and that failed: ${problem.message}`,
      transient: problem.transient,
    };
  }
}

/** The keys of all objects that were applied once, by `keyText`. */
export function appliedOnce(inventory: InventoryEntry[]): ReadonlySet<string> {
  return new Set(inventory.filter(({ uid }) => uid !== undefined).map(keyText));
}

/** Whether an action gives access that does not exist yet. */
function grantsAccess(action: Action): boolean {
  return (
    (action.type === 'create' || action.type === 'apply') &&
    keyOf(action.object).kind === 'RoleBinding' &&
    (action.type === 'create' || action.uid === undefined)
  );
}
