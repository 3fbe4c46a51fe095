import { ConflictError } from '@backstage/errors';
import { HeldDeletions } from '@berth/plugin-berth-common';
import { keyText } from '../keys';
import { FencingToken, InventoryEntry, ObjectKey } from '../types';
import { HoldStore } from './DatabaseHoldStore';
import { Hold, holdId, holdOf, waitingOf } from './hold';

const DEFAULT_HOLD_MS = 10 * 60_000;

/** Objects to delete, and the inventory that they are compared with. */
export interface WantedDeletions {
  clusterId: string;
  unwanted: ObjectKey[];
  inventory: InventoryEntry[];
}

/** Deletions that must wait. */
export interface Waiting {
  /** The objects, by `keyText`. */
  objects: ReadonlySet<string>;
  /** The held deletions for people; undefined if nothing waits. */
  held?: HeldDeletions;
}

export interface DeletionBreakerOptions {
  store: HoldStore;
  holdMs?: number;
  now?: () => Date;
}

/**
 * Holds deletions that look like an accident: those of a pass that would delete ten or more, and more than
 * half, of the objects that Berth made on a cluster. The shares of such a pass may be right (a cluster is
 * emptied), or the portal's database may have lost rows. One pass cannot distinguish the two, so each deletion
 * waits until it was wanted for ten minutes, or until an admin confirms it. People lose access meanwhile
 * anyway, because their new tokens do not contain the group.
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
   * Decides which deletions must wait, and records the hold. The replica that works on the cluster calls this
   * before deletions.
   */
  async hold(
    fencingToken: FencingToken,
    wanted: Omit<WantedDeletions, 'clusterId'>,
  ): Promise<Waiting> {
    const before = await this.#store.get(fencingToken.clusterId);
    const hold = this.#holdOf(wanted, before);
    if (hold !== before) {
      await this.#store.set(fencingToken, hold);
    }
    return this.#present(hold, wanted);
  }

  /** Decides which deletions must wait, and changes nothing. */
  async peek(wanted: WantedDeletions): Promise<Waiting> {
    const before = await this.#store.get(wanted.clusterId);
    return this.#present(this.#holdOf(wanted, before), wanted);
  }

  /**
   * Lets deletions go ahead.
   *
   * @param id - the id of the deletions, as `peek` returned it
   * @throws ConflictError if other deletions are held
   */
  async confirm(wanted: WantedDeletions, id: string): Promise<void> {
    const before = await this.#store.get(wanted.clusterId);
    const hold = this.#holdOf(wanted, before);
    const waiting = this.#waitingOf(hold);
    if (!hold || waiting.size === 0) {
      throw new ConflictError(
        'No deletions are held any more; load the plan again',
      );
    }
    if (holdId(waiting) !== id) {
      throw new ConflictError(
        'The deletions that are held now are not those that you confirmed; load the plan again',
      );
    }
    await this.#store.confirm(
      wanted.clusterId,
      new Map(
        [...hold].map(([key, one]) => [key, { ...one, confirmed: true }]),
      ),
    );
  }

  #holdOf(
    { unwanted, inventory }: Omit<WantedDeletions, 'clusterId'>,
    before: Hold | undefined,
  ): Hold | undefined {
    return holdOf(
      unwanted.map(keyText),
      countMade(inventory),
      before,
      this.#now(),
    );
  }

  #waitingOf(hold: Hold | undefined): Hold {
    return waitingOf(hold, this.#now(), this.#holdMs);
  }

  #present(
    hold: Hold | undefined,
    { inventory }: Omit<WantedDeletions, 'clusterId'>,
  ): Waiting {
    const waiting = this.#waitingOf(hold);
    const times = [...waiting.values()].map(({ since }) => since.getTime());
    return {
      objects: new Set(waiting.keys()),
      ...(waiting.size > 0 && {
        held: {
          id: holdId(waiting),
          since: new Date(Math.min(...times)).toISOString(),
          until: new Date(Math.max(...times) + this.#holdMs).toISOString(),
          deletions: waiting.size,
          of: countMade(inventory),
        },
      }),
    };
  }
}

/** Counts the objects that Berth made, without namespaces, which are never deleted. */
function countMade(inventory: InventoryEntry[]): number {
  return inventory.filter(({ kind }) => kind !== 'Namespace').length;
}
