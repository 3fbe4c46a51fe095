import { Quantity } from '@berth/plugin-berth-common';
import { PromisedNamespace } from './types';

type Amounts = Record<string, string>;

const REQUESTS = 'requests.';

/**
 * What a quota allows of a resource. As in ResourceQuotas, `requests.cpu` and `cpu` are the same; where both
 * are bounded, `requests.cpu` is the one that counts.
 *
 * @returns undefined where it does not bound the resource
 */
export function amountOf(hard: Amounts, resource: string): string | undefined {
  const plain = resource.startsWith(REQUESTS)
    ? resource.slice(REQUESTS.length)
    : resource;
  return hard[`${REQUESTS}${plain}`] ?? hard[plain];
}

/**
 * What is left of a group's quota.
 *
 * @param promised - what namespaces are promised, or will be; of several for one namespace, the most counts.
 *   What is not bounded is not counted
 * @returns exact amounts by resource of the quota; negative where more is promised already
 */
export function leftOf(
  groupQuota: Amounts,
  promised: PromisedNamespace[],
): Record<string, Quantity> {
  return Object.fromEntries(
    Object.entries(groupQuota).map(([resource, most]) => {
      const byNamespace = new Map<string, Quantity>();
      for (const { clusterId, namespace, hard } of promised) {
        const key = `${clusterId}/${namespace}`;
        const amount = Quantity.parse(amountOf(hard, resource) ?? '0');
        const known = byNamespace.get(key);
        if (!known || amount.compare(known) > 0) {
          byNamespace.set(key, amount);
        }
      }
      const sum = [...byNamespace.values()].reduce(
        (total, amount) => total.add(amount),
        Quantity.zero,
      );
      return [resource, Quantity.parse(most).subtract(sum)];
    }),
  );
}

/** What of a quota for a namespace does not fit into what its group may be promised. */
export interface Misfit {
  /** Resources that it does not bound at all. */
  unbounded: string[];
  /** Resources of which it is more than is left. */
  beyond: string[];
}

/** Without a namespace whose quota would be replaced. */
export function othersOf(
  promised: PromisedNamespace[],
  replaced: Pick<PromisedNamespace, 'clusterId' | 'namespace'>,
): PromisedNamespace[] {
  return promised.filter(
    ({ clusterId, namespace }) =>
      clusterId !== replaced.clusterId || namespace !== replaced.namespace,
  );
}

/** Compares a requested quota with what the other namespaces of the group leave. */
export function misfitOf(
  groupQuota: Amounts,
  promised: PromisedNamespace[],
  requested: PromisedNamespace,
): Misfit {
  const others = othersOf(promised, requested);
  const misfit: Misfit = { unbounded: [], beyond: [] };
  for (const [resource, left] of Object.entries(leftOf(groupQuota, others))) {
    const amount = amountOf(requested.hard, resource);
    if (amount === undefined) {
      misfit.unbounded.push(resource);
    } else if (Quantity.parse(amount).compare(left) > 0) {
      misfit.beyond.push(resource);
    }
  }
  return misfit;
}
