import { keyText } from './keys';
import { Lease } from './leases/types';
import { ObjectKey } from './types';

/** What a pass must not do any more, by `keyText`: those objects were revoked after it was planned. */
export type Revoked = Set<string>;

/**
 * What all that is done on one cluster shares for as long as its lease is held.
 *
 * A revocation does not wait for a pass with thousands of writes: it overtakes. For that to be safe, two
 * things hold. Writes to one object follow each other, so that a deletion comes after the write that is
 * under way. And a pass asks before each write whether the object was revoked meanwhile, so that
 * what it planned from older shares does not bring it back.
 */
export class Session {
  readonly lease: Lease;
  readonly #passes = new Set<Revoked>();
  readonly #tails = new Map<string, Promise<unknown>>();
  readonly #doubts = new Map<string, number>();

  constructor(lease: Lease) {
    this.lease = lease;
  }

  /** To be called before a pass reads what should be. */
  begin(): Revoked {
    const revoked: Revoked = new Set();
    this.#passes.add(revoked);
    return revoked;
  }

  end(revoked: Revoked): void {
    this.#passes.delete(revoked);
  }

  /** Passes that have begun do nothing to these objects any more. */
  revoke(keys: ObjectKey[]): void {
    for (const pass of this.#passes) {
      keys.forEach(key => pass.add(keyText(key)));
    }
  }

  /** A creation has had no answer, so the object may still come to be. */
  doubt(key: ObjectKey): void {
    this.#doubts.set(keyText(key), this.lease.age());
  }

  /** Milliseconds for which nobody can have begun to create an object without telling the inventory how it ended. */
  certainFor(key: ObjectKey): number {
    return this.lease.age() - (this.#doubts.get(keyText(key)) ?? 0);
  }

  /** Works on an object once all that was begun on it before is over. */
  async alone<T>(key: ObjectKey, work: () => Promise<T>): Promise<T> {
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
