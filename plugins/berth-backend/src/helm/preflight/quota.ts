import { InputError } from '@backstage/errors';
import { Quantity } from '@berth/plugin-berth-common';
import {
  JsonRecord,
  numberAt,
  recordAt,
  recordsAt,
  textAt,
} from '../../resources/objects/json';

type Amounts = Map<string, Quantity>;

const MAX_PODS = 10_000;
/** The names that a quota may have for a request. */
const PLAIN: ReadonlySet<string> = new Set(['cpu', 'memory']);

/**
 * Describes the quotas of a namespace that an operation would exceed. Nothing is known about pods that an autoscaler
 * or a DaemonSet makes.
 *
 * @param before - the objects in the namespace that the release has
 * @param after - those that it would have
 * @param quotas - of the namespace
 */
export function exceededQuotas(
  before: JsonRecord[],
  after: JsonRecord[],
  quotas: JsonRecord[],
): string[] {
  const more = sumOf(after);
  for (const [name, amount] of sumOf(before)) {
    more.set(name, (more.get(name) ?? Quantity.zero).subtract(amount));
  }
  return quotas
    .filter(
      quota =>
        Object.keys(recordAt(quota, 'spec', 'scopeSelector')).length === 0,
    )
    .filter(quota => !Array.isArray(recordAt(quota, 'spec').scopes))
    .flatMap(quota => {
      const used = recordAt(quota, 'status', 'used');
      return Object.entries(recordAt(quota, 'status', 'hard')).flatMap(
        ([name, limit]) => {
          const added = more.get(requestName(name));
          const [hard, now] = [quantity(limit), quantity(used[name] ?? '0')];
          if (!added || !hard || !now || added.compare(Quantity.zero) <= 0) {
            return [];
          }
          const left = hard.subtract(now);
          return added.compare(left) <= 0
            ? []
            : [
                `The quota ${textAt(quota, 'metadata', 'name')} has ${
                  left.compare(Quantity.zero) < 0 ? '0' : left
                } of ${name} left, and the change needs ${added} more`,
              ];
        },
      );
    });
}

function requestName(name: string): string {
  return PLAIN.has(name) ? `requests.${name}` : name;
}

function sumOf(objects: JsonRecord[]): Amounts {
  const sum: Amounts = new Map();
  for (const object of objects) {
    const pods = podsOf(object);
    if (pods && pods.count > 0) {
      add(sum, 'pods', Quantity.of(1), pods.count);
      for (const container of recordsAt(pods.spec, 'containers')) {
        const requests = recordAt(container, 'resources', 'requests');
        for (const [name, text] of Object.entries(requests)) {
          const amount = quantity(text);
          if (amount) {
            add(sum, `requests.${name}`, amount, pods.count);
          }
        }
      }
    }
  }
  return sum;
}

function podsOf(
  object: JsonRecord,
): { spec: JsonRecord; count: number } | undefined {
  const template = recordAt(object, 'spec', 'template', 'spec');
  switch (object.kind) {
    case 'Pod':
      return { spec: recordAt(object, 'spec'), count: 1 };
    case 'Deployment':
    case 'ReplicaSet':
    case 'StatefulSet':
      return { spec: template, count: numberOf(object, 'replicas') };
    case 'Job':
      return { spec: template, count: numberOf(object, 'parallelism') };
    default:
      return undefined;
  }
}

function numberOf(object: JsonRecord, field: string): number {
  const count = numberAt(object, 'spec', field) ?? 1;
  return Number.isInteger(count) && count >= 0 ? Math.min(count, MAX_PODS) : 0;
}

function add(sum: Amounts, name: string, amount: Quantity, times: number) {
  // By doubling, because amounts have no product.
  let total = sum.get(name) ?? Quantity.zero;
  for (
    let power = amount, left = times;
    left > 0;
    left = Math.floor(left / 2)
  ) {
    if (left % 2 === 1) {
      total = total.add(power);
    }
    power = power.add(power);
  }
  sum.set(name, total);
}

function quantity(value: unknown): Quantity | undefined {
  try {
    return Quantity.parse(String(value));
  } catch (error) {
    if (error instanceof InputError) {
      return undefined;
    }
    throw error;
  }
}
