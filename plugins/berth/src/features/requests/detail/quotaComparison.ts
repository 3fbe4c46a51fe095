import {
  Quantity,
  RequestObservation,
  SetQuotaRequest,
  SizeClass,
} from '@berth/plugin-berth-common';
import { fractionOf, usesOf } from '../../../kit/quota';

/** One resource of a requested quota, with its known amounts. */
export interface ComparedResource {
  resource: string;
  /** Absent if the request removes the bound. */
  requested?: string;
  now?: string;
  used?: string;
  left?: string;
  /** `used` as a fraction of `requested`. */
  fraction?: number;
  /** Whether the request exceeds the group's remaining amount. */
  beyond: boolean;
  /** Whether the request is below the usage. */
  below: boolean;
}

/** Returns the bounds of a quota; undefined if its size class is unknown. */
export function boundsOf(
  quota: SetQuotaRequest,
  sizeClasses: SizeClass[],
): Record<string, string> | undefined {
  return quota.sizeClass === undefined
    ? quota.hard ?? {}
    : sizeClasses.find(({ name }) => name === quota.sizeClass)?.hard;
}

/** Compares the request with the current quota, resource by resource. */
export function compare(
  requested: Record<string, string>,
  observed: RequestObservation = {},
): ComparedResource[] {
  const { hard = {}, used = {}, left = {} } = observed;
  const rows = usesOf({ hard: { ...hard, ...requested } });
  return rows.map(({ resource }) => {
    const amount = requested[resource];
    const inUse = used[resource];
    const rest = leftOf(left, resource);
    return {
      resource,
      requested: amount,
      now: hard[resource],
      used: inUse,
      left: rest,
      ...(amount !== undefined &&
        inUse !== undefined && { fraction: fractionOf(inUse, amount) }),
      beyond: isMore(increase(amount, hard[resource]), rest),
      below: isMore(inUse, amount),
    };
  });
}

/** Returns the remaining amount of a resource. Like Kubernetes, rules may use `cpu` for `requests.cpu`. */
function leftOf(
  left: Record<string, string>,
  resource: string,
): string | undefined {
  return left[resource] ?? left[resource.replace(/^requests\./, '')];
}

/** Returns the increase over the current quota, which the remaining amount does not include. */
function increase(amount?: string, now = '0'): string | undefined {
  return amount === undefined
    ? undefined
    : Quantity.parse(amount).subtract(Quantity.parse(now)).toString();
}

function isMore(one?: string, other?: string): boolean {
  return (
    one !== undefined &&
    other !== undefined &&
    Quantity.parse(one).compare(Quantity.parse(other)) > 0
  );
}
