import { Quantity, QuotaExcess, QuotaTotal } from '@berth/plugin-berth-common';
import { nodeResourceOf } from '../../../kit/quota';

/** What a change of a quota does to what a cluster promises of one resource. */
export interface TotalChange {
  /** As nodes call it, such as `cpu`. */
  resource: string;
  before: string;
  after: string;
  allocatable?: string;
}

/** Reckons what the cluster promises before and after a change, where that differs. */
export function effectOf(
  totals: QuotaTotal[],
  before: Record<string, string>,
  after: Record<string, string>,
): TotalChange[] {
  const old = byNodeResource(before);
  const next = byNodeResource(after);
  return [...new Set([...old.keys(), ...next.keys()])].flatMap(resource => {
    const total = totals.find(one => one.resource === resource);
    const now = Quantity.parse(total?.hard ?? '0');
    const then = now
      .subtract(old.get(resource) ?? Quantity.zero)
      .add(next.get(resource) ?? Quantity.zero);
    return then.compare(now) === 0
      ? []
      : [
          {
            resource,
            before: now.toString(),
            after: then.toString(),
            ...(total?.allocatable && { allocatable: total.allocatable }),
          },
        ];
  });
}

/** What is in use above new bounds already: it stays, and nothing new starts. */
export function exceededBy(
  hard: Record<string, string>,
  used: Record<string, string> = {},
): QuotaExcess[] {
  return Object.entries(hard)
    .filter(
      ([resource, amount]) =>
        resource in used &&
        Quantity.parse(used[resource]).compare(Quantity.parse(amount)) > 0,
    )
    .map(([resource, amount]) => ({
      resource,
      used: used[resource],
      hard: amount,
    }));
}

/** `cpu` and `requests.cpu` are the same to nodes; where both are bounded, the latter counts. */
function byNodeResource(hard: Record<string, string>): Map<string, Quantity> {
  const amounts = new Map<string, Quantity>();
  for (const [name, amount] of Object.entries(hard)) {
    const resource = nodeResourceOf(name);
    const explicit = name.startsWith('requests.');
    if (resource && (explicit || !amounts.has(resource))) {
      amounts.set(resource, Quantity.parse(amount));
    }
  }
  return amounts;
}
