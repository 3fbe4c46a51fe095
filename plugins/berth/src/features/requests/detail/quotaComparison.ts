import {
  Quantity,
  RequestObservation,
  SetQuotaRequest,
  SizeClass,
} from '@berth/plugin-berth-common';
import { fractionOf, usesOf } from '../../../kit/quota';

/** One resource of a requested quota, with what is known of it. */
export interface ComparedResource {
  resource: string;
  /** Absent where it would not be bounded any more. */
  requested?: string;
  now?: string;
  used?: string;
  left?: string;
  /** `used` as a part of `asked`. */
  fraction?: number;
  /** Whether the request exceeds what is left for the group. */
  beyond: boolean;
  /** Whether the request is for less than is in use. */
  below: boolean;
}

/** The bounds that a quota stands for; undefined where its size class is not known. */
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

/** Rules may say `cpu` for `requests.cpu`, as Kubernetes does. */
function leftOf(
  left: Record<string, string>,
  resource: string,
): string | undefined {
  return left[resource] ?? left[resource.replace(/^requests\./, '')];
}

/** The increase over the current quota, because what is left does not include that. */
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
