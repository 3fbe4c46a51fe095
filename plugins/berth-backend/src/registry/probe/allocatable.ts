import { Quantity } from '@berth/plugin-berth-common';

const MAX_RESOURCES = 100;
const MAX_NAME_LENGTH = 128;

/** Matches resources that containers request or that count pods, but not `attachable-volumes-*` and similar ones. */
const REQUESTABLE =
  /^(cpu|memory|pods|ephemeral-storage|hugepages-\w+|[a-z0-9.-]+\/[\w.-]+)$/;

/** Sums the `allocatable` of nodes: their capacity minus what the system reserves. */
export class AllocatableSum {
  readonly #sums = new Map<string, Quantity>();

  add(resource: string, amount: Quantity): void {
    const sum = this.#sums.get(resource);
    const isKept =
      resource.length <= MAX_NAME_LENGTH &&
      REQUESTABLE.test(resource) &&
      (sum || this.#sums.size < MAX_RESOURCES);
    if (isKept && !amount.isZero()) {
      this.#sums.set(resource, (sum ?? Quantity.zero).add(amount));
    }
  }

  /** Returns canonical quantities by resource name; undefined if nothing is allocatable. */
  toRecord(): Record<string, string> | undefined {
    return this.#sums.size === 0
      ? undefined
      : Object.fromEntries(
          [...this.#sums].map(([name, sum]) => [name, sum.toString()]),
        );
  }
}
