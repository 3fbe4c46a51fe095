import { Quantity, QuotaExcess } from '@berth/plugin-berth-common';

/** Returns the use above the bounds. Kubernetes keeps what runs, and refuses more. */
export function excess(
  hard: Record<string, string>,
  used: Record<string, string> = {},
): QuotaExcess[] {
  return Object.keys(hard)
    .filter(
      name =>
        name in used &&
        Quantity.parse(used[name]).compare(Quantity.parse(hard[name])) > 0,
    )
    .map(resource => ({
      resource,
      used: used[resource],
      hard: hard[resource],
    }));
}
