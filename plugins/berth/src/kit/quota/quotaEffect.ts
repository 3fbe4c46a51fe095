import { Quantity, QuotaExcess, QuotaTotal } from '@berth/plugin-berth-common';
import { nodeResourceOf } from './resources';

/** The effect of a changed quota on a cluster's sum of quotas for one resource. */
export interface TotalChange {
  /** The name of the resource on nodes, such as `cpu`. */
  resource: string;
  before: string;
  after: string;
  allocatable?: string;
}

/** Computes the cluster's sums of quotas before and after a change, if they differ. */
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

/** Returns the usage above the new bounds. It stays, and nothing new starts. */
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

/** Sums up by the names that nodes use: `cpu` means `requests.cpu`, which counts if both are bounded. */
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
