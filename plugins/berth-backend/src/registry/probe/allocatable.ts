import { Quantity } from '@berth/plugin-berth-common';

const MAX_RESOURCES = 100;
const MAX_NAME_LENGTH = 128;

/** What a container can request, or a pod is counted by: not `attachable-volumes-*` and the like. */
const REQUESTABLE =
  /^(cpu|memory|pods|ephemeral-storage|hugepages-\w+|[a-z0-9.-]+\/[\w.-]+)$/;

/** Sums what nodes can promise to pods: their capacity less what the system keeps for itself. */
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

  /** Canonical quantities by resource name; undefined if nothing can be promised. */
  toRecord(): Record<string, string> | undefined {
    return this.#sums.size === 0
      ? undefined
      : Object.fromEntries(
          [...this.#sums].map(([name, sum]) => [name, sum.toString()]),
        );
  }
}
