import { keyText } from './keys';
import { Lease } from './leases/types';
import { ObjectKey } from './types';

/** Objects that a pass must not write any more, by `keyText`: they were revoked after it was planned. */
export type RevokedKeys = Set<string>;

/**
 * State that all work on one cluster shares while its lease is held.
 *
 * A revocation does not wait for a pass with thousands of writes: it overtakes the pass. Two rules make that
 * safe. Writes to one object run one after the other, so that a deletion follows the write that is under way.
 * And a pass checks before each write whether the object was revoked meanwhile, so that it does not create
 * again what it planned from older shares.
 */
export class ClusterSession {
  readonly lease: Lease;
  readonly #passes = new Set<RevokedKeys>();
  readonly #tails = new Map<string, Promise<unknown>>();
  readonly #invalidatedAt = new Map<string, number>();

  constructor(lease: Lease) {
    this.lease = lease;
  }

  /** Begins a pass. Call before the pass reads the desired state. */
  beginPass(): RevokedKeys {
    const revoked: RevokedKeys = new Set();
    this.#passes.add(revoked);
    return revoked;
  }

  endPass(revoked: RevokedKeys): void {
    this.#passes.delete(revoked);
  }

  /** Makes passes that have begun skip these objects. */
  revoke(keys: ObjectKey[]): void {
    for (const pass of this.#passes) {
      keys.forEach(key => pass.add(keyText(key)));
    }
  }

  /** Records that a creation had no answer, so that the object may still appear. */
  invalidate(key: ObjectKey): void {
    this.#invalidatedAt.set(keyText(key), this.lease.age());
  }

  /**
   * Returns the milliseconds during which no replica can have begun to create an object without recording the
   * result.
   */
  msSinceInvalidated(key: ObjectKey): number {
    return this.lease.age() - (this.#invalidatedAt.get(keyText(key)) ?? 0);
  }

  /** Runs work on an object after all earlier work on it. */
  async runExclusive<T>(key: ObjectKey, work: () => Promise<T>): Promise<T> {
    const text = keyText(key);
    const before = this.#tails.get(text);
    const result = (async () => {
      await before;
      return work();
    })();
    const tail = result.catch(() => {});
    this.#tails.set(text, tail);
    try {
      return await result;
    } finally {
      if (this.#tails.get(text) === tail) {
        this.#tails.delete(text);
      }
    }
  }
}
