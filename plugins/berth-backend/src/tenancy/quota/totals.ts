import {
  ClusterStatus,
  Quantity,
  QuotaTotal,
} from '@berth/plugin-berth-common';
import { QuotaRecord } from '../../model/tenancy';

/** The resources that every total lists first, in this order, even if unused. */
const ALWAYS = ['cpu', 'memory', 'pods'];

/**
 * Sums the amounts of quotas for each resource of nodes. `requests.cpu` and `cpu` are the same resource; limits do
 * not count.
 */
export function quotaTotals(
  quotas: Pick<QuotaRecord, 'hard' | 'used'>[],
  status: ClusterStatus,
): QuotaTotal[] {
  const hard = new Map<string, Quantity>();
  const used = new Map<string, Quantity>();
  for (const quota of quotas) {
    addAll(hard, quota.hard);
    addAll(
      used,
      Object.fromEntries(
        Object.entries(quota.used ?? {}).filter(([name]) => name in quota.hard),
      ),
    );
  }
  const allocatable = allocatableOf(status);
  const others = [...new Set([...hard.keys(), ...Object.keys(allocatable)])]
    .filter(name => !ALWAYS.includes(name))
    .sort();
  return [...ALWAYS, ...others].map(resource => ({
    resource,
    ...(allocatable[resource] !== undefined && {
      allocatable: allocatable[resource],
    }),
    hard: (hard.get(resource) ?? Quantity.zero).toString(),
    used: (used.get(resource) ?? Quantity.zero).toString(),
  }));
}

function addAll(
  sums: Map<string, Quantity>,
  amounts: Record<string, string>,
): void {
  for (const [name, amount] of Object.entries(requests(amounts))) {
    const sum = sums.get(name) ?? Quantity.zero;
    sums.set(name, sum.add(Quantity.parse(amount)));
  }
}

/**
 * Returns the amounts under the names that nodes use. If a quota bounds both spellings, Kubernetes enforces both, so the
 * smaller amount counts.
 */
function requests(amounts: Record<string, string>): Record<string, string> {
  const byName: Record<string, string> = {};
  for (const [name, amount] of Object.entries(amounts)) {
    const explicit = name.startsWith('requests.');
    const resource = explicit ? name.slice('requests.'.length) : name;
    if (explicit || isOfNodes(name)) {
      const other = byName[resource];
      byName[resource] =
        other === undefined || isLess(amount, other) ? amount : other;
    }
  }
  return byName;
}

function isLess(amount: string, other: string): boolean {
  return Quantity.parse(amount).compare(Quantity.parse(other)) < 0;
}

function isOfNodes(name: string): boolean {
  return ['cpu', 'memory', 'ephemeral-storage', 'pods'].includes(name);
}

/** Clusters that were last probed by an older version have only a capacity. */
function allocatableOf(status: ClusterStatus): Record<string, string> {
  if (status.allocatable) {
    return status.allocatable;
  }
  return {
    ...(status.cpu !== undefined && { cpu: status.cpu }),
    ...(status.memory !== undefined && { memory: status.memory }),
    ...(status.pods !== undefined && { pods: `${status.pods}` }),
  };
}
