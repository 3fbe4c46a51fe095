import {
  GrantRequestSpec,
  NAMESPACE_ROLES,
  Quantity,
  QuotaLimits,
} from '@berth/plugin-berth-common';
import { GrantRecord, QuotaBounds } from '../model/tenancy';
import { nameOf, PromisedNamespace } from './model';

type Amounts = Record<string, string>;

const REQUESTS = 'requests.';

/**
 * Returns the amount of a resource that a quota allows. As in ResourceQuotas, `requests.cpu` and `cpu` are the same;
 * if both are bounded, Kubernetes enforces both, so the smaller one counts.
 *
 * @returns undefined if the quota does not bound the resource
 */
export function amountOf(hard: Amounts, resource: string): string | undefined {
  const plain = resource.startsWith(REQUESTS)
    ? resource.slice(REQUESTS.length)
    : resource;
  const [amount, other] = [hard[`${REQUESTS}${plain}`], hard[plain]];
  return amount === undefined || isLess(other, amount) ? other : amount;
}

/**
 * Computes what is left of a group's quota.
 *
 * @param promised - the amounts that namespaces have, or will have; if a namespace has several, the largest counts.
 *   Resources without a bound do not count
 * @returns exact amounts by resource of the quota; negative if more is promised already
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

/** The part of a requested quota that exceeds the quota of its group. */
export interface Misfit {
  /** Resources that the request does not bound. */
  unbounded: string[];
  /** Resources that the request needs more of than is left. */
  beyond: string[];
}

/** Returns the promises without those to the namespace whose quota would be replaced. */
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

/** The role of a group in a namespace. */
export type Holding = Pick<GrantRecord, 'role' | 'expiresAt'>;

/** Returns the role of a group, unless its grant has expired. */
export function holdingOf(
  grants: (Holding & { group: string })[],
  group: string,
  now: Date,
): Holding | undefined {
  return grants.find(
    one =>
      one.group === group &&
      (one.expiresAt === undefined || new Date(one.expiresAt) > now),
  );
}

/**
 * Compares a role with the one that it would replace.
 *
 * @returns a sentence about what the group would lose; undefined if it would only gain
 */
export function grantTakesAway(
  spec: Pick<GrantRequestSpec, 'group' | 'role' | 'expiresAt'>,
  held: Holding | undefined,
): string | undefined {
  if (!held) {
    return undefined;
  }
  const lower = rank(spec.role) > rank(held.role);
  const shorter = endOf(spec) < endOf(held);
  return lower || shorter
    ? `${nameOf(spec.group)} holds ${held.role} there ${
        held.expiresAt === undefined
          ? 'without an end date'
          : `until ${held.expiresAt}`
      }, and the request would replace it by less`
    : undefined;
}

/**
 * Compares a quota with the one that it would replace.
 *
 * @param held - undefined if the namespace has no quota
 * @returns a sentence about what pods would lose; undefined if the namespace would only gain
 */
export function quotaTakesAway(
  requested: QuotaBounds,
  held: QuotaBounds | undefined,
): string | undefined {
  if (!held) {
    return 'The namespace has no quota yet, and the request would limit it';
  }
  const lowered = Object.keys(requested.hard).filter(resource =>
    isLess(amountOf(requested.hard, resource), amountOf(held.hard, resource)),
  );
  if (lowered.length > 0) {
    return `The request would lower or newly limit ${lowered.join(', ')}`;
  }
  if (!sameClasses(requested, held)) {
    return 'The request would change which pods the quota counts';
  }
  return limitsOnlyGain(requested.limits, held.limits)
    ? undefined
    : 'The request would tighten the limits of containers';
}

function rank(role: Holding['role']): number {
  return NAMESPACE_ROLES.indexOf(role);
}

function endOf({ expiresAt }: { expiresAt?: string }): number {
  return expiresAt === undefined ? Infinity : new Date(expiresAt).getTime();
}

/** @param requested - undefined if nothing limits the resource */
function isLess(
  requested: string | undefined,
  held: string | undefined,
): boolean {
  return (
    requested !== undefined &&
    (held === undefined ||
      Quantity.parse(requested).compare(Quantity.parse(held)) < 0)
  );
}

function sameClasses(requested: QuotaBounds, held: QuotaBounds): boolean {
  const sorted = ({ priorityClasses }: QuotaBounds) =>
    JSON.stringify([...priorityClasses].sort());
  return sorted(requested) === sorted(held);
}

function limitsOnlyGain(
  requested: QuotaLimits[],
  held: QuotaLimits[],
): boolean {
  return [...requested, ...held].every(({ type }) => {
    const of = (limits: QuotaLimits[]) =>
      limits.find(one => one.type === type) ?? { type };
    const [after, before] = [of(requested), of(held)];
    return (
      each(after.max, (amount, r) => !isLess(amount, before.max?.[r])) &&
      each(after.min, (amount, r) => isAtLeast(before.min?.[r], amount)) &&
      each(after.default, (amount, r) =>
        isAtLeast(amount, before.default?.[r]),
      ) &&
      // Without the defaults, the quota would refuse containers that relied on them.
      each(before.default, (_, r) => after.default?.[r] !== undefined) &&
      each(before.defaultRequest, (amount, r) =>
        isAtLeast(after.defaultRequest?.[r], amount),
      )
    );
  });
}

function isAtLeast(amount: string | undefined, least: string | undefined) {
  return amount !== undefined && least !== undefined && !isLess(amount, least);
}

function each(
  amounts: Amounts = {},
  holds: (amount: string, resource: string) => boolean,
): boolean {
  return Object.entries(amounts).every(([resource, amount]) =>
    holds(amount, resource),
  );
}
