import { FencingToken, Inventory, InventoryEntry, ObjectKey } from './types';

/** Changes within this time are written together; each write is a separate transaction. */
const COLLECT_MS = 25;

interface Batch {
  exist: Required<InventoryEntry>[];
  gone: ObjectKey[];
}

/**
 * Records results in the inventory, many at a time: results that arrive during a write go into the next write.
 * Thus a pass over thousands of objects does not wait for the database thousands of times.
 */
export class InventoryWriter {
  readonly #inventory: Inventory;
  readonly #fencingToken: FencingToken;
  #batch?: { changes: Batch; written: Promise<void> };
  #last: Promise<void> = Promise.resolve();

  constructor(inventory: Inventory, fencingToken: FencingToken) {
    this.#inventory = inventory;
    this.#fencingToken = fencingToken;
  }

  /** Records an object with its UID. Resolves once the record is written. */
  exists(key: ObjectKey, uid: string): Promise<void> {
    const { changes, written } = this.#open();
    changes.exist.push({ ...key, uid });
    return written;
  }

  /** Records that an object is gone. Resolves once the record is written. */
  isGone(key: ObjectKey): Promise<void> {
    const { changes, written } = this.#open();
    changes.gone.push(key);
    return written;
  }

  #open() {
    if (!this.#batch) {
      const changes: Batch = { exist: [], gone: [] };
      const written = this.#last
        .catch(() => {})
        .then(async () => {
          await new Promise(resolve => {
            setTimeout(resolve, COLLECT_MS);
          });
          this.#batch = undefined;
          return this.#inventory.record(this.#fencingToken, changes);
        });
      this.#batch = { changes, written };
      this.#last = written;
    }
    return this.#batch;
  }
}
