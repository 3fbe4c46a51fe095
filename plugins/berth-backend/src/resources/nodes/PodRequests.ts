import { InputError } from '@backstage/errors';
import { Quantity } from '@berth/plugin-berth-common';
import { isRecord } from '../values';

type Amounts = Map<string, Quantity>;

const MAX_NODES = 10_000;
const MAX_LENGTH = 64;

/**
 * Sums what pods ask for, by the node on which they are.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/pods/init-containers/#resource-sharing-within-containers
 */
export class PodRequests {
  readonly #nodes = new Map<string, Amounts>();
  /** Few different amounts come up again and again. */
  readonly #parsed = new Map<string, Quantity | undefined>();

  /** @param pod - as the API server has it */
  add(pod: unknown): void {
    const spec = isRecord(pod) && isRecord(pod.spec) ? pod.spec : {};
    const status = isRecord(pod) && isRecord(pod.status) ? pod.status : {};
    const { nodeName } = spec;
    if (
      typeof nodeName !== 'string' ||
      nodeName === '' ||
      status.phase === 'Succeeded' ||
      status.phase === 'Failed'
    ) {
      return;
    }
    let amounts = this.#nodes.get(nodeName);
    if (!amounts) {
      if (this.#nodes.size >= MAX_NODES) {
        return;
      }
      amounts = new Map();
      this.#nodes.set(nodeName, amounts);
    }
    addTo(amounts, this.#requestsOf(spec));
    addTo(amounts, new Map([['pods', Quantity.of(1n)]]));
  }

  toRecord(): Record<string, Record<string, string>> {
    return Object.fromEntries(
      [...this.#nodes].map(([node, amounts]) => [
        node,
        Object.fromEntries(
          [...amounts].map(([name, amount]) => [name, amount.toString()]),
        ),
      ]),
    );
  }

  #requestsOf(spec: Record<string, unknown>): Amounts {
    const running: Amounts = new Map();
    const starting: Amounts = new Map();
    for (const container of recordsOf(spec.initContainers)) {
      const own = this.#containerRequests(container);
      if (container.restartPolicy === 'Always') {
        addTo(running, own);
        keepLargest(starting, running);
      } else {
        // Sidecars that started before run at the same time.
        addTo(own, running);
        keepLargest(starting, own);
      }
    }
    for (const container of recordsOf(spec.containers)) {
      addTo(running, this.#containerRequests(container));
    }
    keepLargest(running, starting);
    addTo(running, this.#amounts(spec.overhead));
    return running;
  }

  #containerRequests({ resources }: Record<string, unknown>): Amounts {
    return this.#amounts(isRecord(resources) ? resources.requests : undefined);
  }

  #amounts(value: unknown): Amounts {
    const amounts: Amounts = new Map();
    for (const [name, text] of Object.entries(isRecord(value) ? value : {})) {
      const amount = this.#parse(String(text));
      if (amount) {
        amounts.set(name, amount);
      }
    }
    return amounts;
  }

  #parse(text: string): Quantity | undefined {
    if (text.length > MAX_LENGTH) {
      return undefined;
    }
    if (!this.#parsed.has(text)) {
      this.#parsed.set(text, quantity(text));
    }
    return this.#parsed.get(text);
  }
}

function quantity(text: string): Quantity | undefined {
  try {
    return Quantity.parse(text);
  } catch (error) {
    if (error instanceof InputError) {
      return undefined;
    }
    throw error;
  }
}

function addTo(sum: Amounts, more: Amounts): void {
  more.forEach((amount, name) =>
    sum.set(name, sum.get(name)?.add(amount) ?? amount),
  );
}

function keepLargest(largest: Amounts, others: Amounts): void {
  others.forEach((amount, name) => {
    const known = largest.get(name);
    if (!known || known.compare(amount) < 0) {
      largest.set(name, amount);
    }
  });
}

function recordsOf(value: unknown): Record<string, unknown>[] {
  return Array.isArray(value) ? value.filter(isRecord) : [];
}
