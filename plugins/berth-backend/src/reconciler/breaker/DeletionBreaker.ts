import { keyText } from './keys';
import { InventoryEntry, Revocation } from './types';

const MIN_DELETIONS = 10;
const MAX_FRACTION = 0.5;
const DEFAULT_HOLD_MS = 10 * 60_000;

/**
 * Holds back what looks like an accident: a pass that would delete ten or more, and more than half, of
 * what Berth has made on a cluster. The shares of such a pass may be right (a cluster is emptied), or they
 * may be what is left of a database in trouble. Nobody can tell from one pass, so the deletions wait until
 * they have been wanted for ten minutes. People lose access meanwhile all the same, as
 * their new tokens no longer carry the group.
 *
 * What it remembers is in memory: after a restart the ten minutes begin again.
 */
export class DeletionBreaker {
  readonly #holdMs: number;
  readonly #now: () => number;
  readonly #held = new Map<string, { wanted: Set<string>; since: number }>();

  constructor(options: { holdMs?: number; now?: () => number } = {}) {
    this.#holdMs = options.holdMs ?? DEFAULT_HOLD_MS;
    this.#now = options.now ?? Date.now;
  }

  /**
   * @returns when these revocations may be carried out, in milliseconds from now; 0 means at once
   */
  holdFor(
    clusterId: string,
    revocations: Revocation[],
    inventory: InventoryEntry[],
  ): number {
    const deletions = revocations.filter(({ type }) => type === 'delete');
    const bindings = inventory.filter(({ kind }) => kind === 'RoleBinding');
    if (
      deletions.length < MIN_DELETIONS ||
      deletions.length <= bindings.length * MAX_FRACTION
    ) {
      this.#held.delete(clusterId);
      return 0;
    }
    const wanted = new Set(deletions.map(({ key }) => keyText(key)));
    let held = this.#held.get(clusterId);
    // Fewer than before is what a pass leaves that was interrupted; anything new begins anew.
    if (!held || [...wanted].some(key => !held?.wanted.has(key))) {
      held = { wanted, since: this.#now() };
      this.#held.set(clusterId, held);
    }
    return Math.max(held.since + this.#holdMs - this.#now(), 0);
  }
}
