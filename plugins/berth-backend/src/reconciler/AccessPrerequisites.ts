import { keyOf, keyText } from './keys';
import {
  Action,
  InventoryEntry,
  ObjectKey,
  ObjectKind,
  Problem,
} from './types';

/** Objects that must exist in a namespace before anybody gets access, with their names in messages. */
const PREREQUISITES: Partial<Record<ObjectKind, string>> = {
  ResourceQuota: 'quota',
  LimitRange: 'limit range',
  NetworkPolicy: 'network policy',
  Secret: 'pull secret',
};

/**
 * The prerequisites of access to one namespace. While one of them was never applied, no new role binding is
 * made; otherwise one refused quota would give everybody access without a limit. If a change of a prerequisite
 * fails that was applied once, nobody loses access.
 */
export class AccessPrerequisites {
  readonly #applied: ReadonlySet<string>;
  #missing?: { kind: ObjectKind; problem: Problem };

  /** @param applied - see `appliedOnce` */
  constructor(applied: ReadonlySet<string>) {
    this.#applied = applied;
  }

  /** Records that a prerequisite could not be applied. Ignores other kinds. */
  failed(key: ObjectKey, problem: Problem): void {
    if (PREREQUISITES[key.kind] && !this.#applied.has(keyText(key))) {
      this.#missing ??= { kind: key.kind, problem };
    }
  }

  /** Returns why an action must wait; undefined if it may go ahead. */
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

/** Returns the keys of all objects that were applied once, by `keyText`. */
export function appliedOnce(inventory: InventoryEntry[]): ReadonlySet<string> {
  return new Set(inventory.filter(({ uid }) => uid !== undefined).map(keyText));
}

/** Returns whether an action gives access that does not exist yet. */
function grantsAccess(action: Action): boolean {
  return (
    (action.type === 'create' || action.type === 'apply') &&
    keyOf(action.object).kind === 'RoleBinding' &&
    (action.type === 'create' || action.uid === undefined)
  );
}
