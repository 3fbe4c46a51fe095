import { NamespaceQuota, Quantity } from '@berth/plugin-berth-common';

/** The usage of one bound of a quota. */
export interface ResourceUse {
  resource: string;
  hard: string;
  /** Absent until observed. */
  used?: string;
  /** `used` as a fraction of `hard`; more than 1 after a quota was lowered. */
  fraction?: number;
}

const ORDER = [
  'requests.cpu',
  'cpu',
  'requests.memory',
  'memory',
  'limits.cpu',
  'limits.memory',
  'requests.storage',
  'persistentvolumeclaims',
  'pods',
];

/** Returns the bounds of a quota in the order that people expect: GPUs come after CPU and memory. */
export function usesOf(
  quota: Pick<NamespaceQuota, 'hard' | 'used'>,
): ResourceUse[] {
  return Object.entries(quota.hard)
    .map(([resource, hard]) => useOf(resource, hard, quota.used?.[resource]))
    .sort(
      (a, b) =>
        rankOf(a.resource) - rankOf(b.resource) ||
        a.resource.localeCompare(b.resource),
    );
}

/** Returns the bound that is nearest to being used up; undefined while no usage is known. */
export function tightestOf(
  quota: Pick<NamespaceQuota, 'hard' | 'used'>,
): ResourceUse | undefined {
  return usesOf(quota)
    .filter(({ fraction }) => fraction !== undefined)
    .reduce<ResourceUse | undefined>(
      (tightest, use) =>
        tightest && tightest.fraction! >= use.fraction! ? tightest : use,
      undefined,
    );
}

/** Returns one amount as a fraction of another. Of zero, nothing is 0 and any other amount is Infinity. */
export function fractionOf(part: string, whole: string): number {
  const used = Quantity.parse(part);
  const hard = Quantity.parse(whole);
  if (hard.isZero()) {
    return used.isZero() ? 0 : Infinity;
  }
  return used.toNumber() / hard.toNumber();
}

function useOf(resource: string, hard: string, used?: string): ResourceUse {
  return used === undefined
    ? { resource, hard }
    : { resource, hard, used, fraction: fractionOf(used, hard) };
}

function rankOf(resource: string): number {
  const index = ORDER.indexOf(resource);
  if (index >= 0) {
    return index * 2;
  }
  return resource.startsWith('requests.') && resource.includes('/')
    ? ORDER.indexOf('memory') * 2 + 1
    : ORDER.length * 2;
}
