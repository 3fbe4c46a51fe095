import { ConflictError } from '@backstage/errors';
import { HeldDeletions } from '@berth/plugin-berth-common';
import { keyText } from '../keys';
import { Fence, InventoryEntry, ObjectKey } from '../types';
import { HoldStore } from './DatabaseHoldStore';
import { Hold, holdId, holdOf, isReleased } from './hold';

const DEFAULT_HOLD_MS = 10 * 60_000;

/** What is to be deleted of what there is. */
export interface WantedDeletions {
  clusterId: string;
  unwanted: ObjectKey[];
  inventory: InventoryEntry[];
}

export interface DeletionBreakerOptions {
  store: HoldStore;
  holdMs?: number;
  now?: () => Date;
}

/**
 * Holds back what looks like an accident: a pass that would delete ten or more, and more than half, of
 * what Berth has made on a cluster. The shares of such a pass may be right (a cluster is emptied), or they
 * may be what is left of a database in trouble. Nobody can tell from one pass, so the deletions wait until
 * they have been wanted for ten minutes, or an admin confirms them. People lose access meanwhile all the
 * same, as their new tokens no longer carry the group.
 */
export class DeletionBreaker {
  readonly #store: HoldStore;
  readonly #holdMs: number;
  readonly #now: () => Date;

  constructor({ store, holdMs, now }: DeletionBreakerOptions) {
    this.#store = store;
    this.#holdMs = holdMs ?? DEFAULT_HOLD_MS;
    this.#now = now ?? (() => new Date());
  }

  /**
   * Before deletions, by whoever works on the cluster.
   *
   * @returns what they wait for; undefined if they may be carried out
   */
  async hold(
    fence: Fence,
    wanted: Omit<WantedDeletions, 'clusterId'>,
  ): Promise<HeldDeletions | undefined> {
    const before = await this.#store.get(fence.clusterId);
    const hold = this.#holdOf(wanted, before);
    if (hold !== before) {
      await this.#store.set(fence, hold);
    }
    return this.#present(hold, wanted);
  }

  /** As `hold`, for those who only look. */
  async peek(wanted: WantedDeletions): Promise<HeldDeletions | undefined> {
    const before = await this.#store.get(wanted.clusterId);
    return this.#present(this.#holdOf(wanted, before), wanted);
  }

  /**
   * Lets deletions go ahead.
   *
   * @param id - which, as `peek` named them
   * @throws ConflictError if these are not what is held
   */
  async confirm(wanted: WantedDeletions, id: string): Promise<void> {
    const before = await this.#store.get(wanted.clusterId);
    const hold = this.#holdOf(wanted, before);
    if (!hold || holdId(hold) !== id) {
      throw new ConflictError(
        hold
          ? 'Other deletions are held back now than those that were confirmed; look at the plan again'
          : 'No deletions are held back any more; look at the plan again',
      );
    }
    await this.#store.confirm(wanted.clusterId, hold);
  }

  #holdOf(
    { unwanted, inventory }: Omit<WantedDeletions, 'clusterId'>,
    before: Hold | undefined,
  ): Hold | undefined {
    const made = inventory.filter(({ kind }) => kind !== 'Namespace');
    return holdOf(unwanted.map(keyText), made.length, before, this.#now());
  }

  #present(
    hold: Hold | undefined,
    { unwanted, inventory }: Omit<WantedDeletions, 'clusterId'>,
  ): HeldDeletions | undefined {
    return hold && !isReleased(hold, this.#now(), this.#holdMs)
      ? {
          id: holdId(hold),
          since: hold.since.toISOString(),
          until: new Date(hold.since.getTime() + this.#holdMs).toISOString(),
          deletions: unwanted.length,
          of: inventory.filter(({ kind }) => kind !== 'Namespace').length,
        }
      : undefined;
  }
}
