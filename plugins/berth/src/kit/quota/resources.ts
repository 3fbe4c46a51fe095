import { Quantity } from '@berth/plugin-berth-common';

/** The unit of a resource's amounts. */
export type ResourceUnit = 'cpu' | 'bytes' | 'count';

const BYTES = /(^|[./])(memory|storage|ephemeral-storage)$|hugepages-/;

/** Returns the unit of a quota's resource by its name, such as `requests.cpu`. */
export function unitOf(resource: string): ResourceUnit {
  const size = resource.replace(/^(requests|limits)\./, '');
  if (size === 'cpu') {
    return 'cpu';
  }
  return BYTES.test(size) ? 'bytes' : 'count';
}

const OF_NODES = ['cpu', 'memory', 'ephemeral-storage', 'pods'];

/**
 * Returns the node resource that a quota bounds: `cpu` for `requests.cpu`. Limits promise nothing, and nodes count
 * no objects except pods: undefined for both.
 */
export function nodeResourceOf(resource: string): string | undefined {
  if (resource.startsWith('requests.')) {
    return resource.slice('requests.'.length);
  }
  return OF_NODES.includes(resource) ? resource : undefined;
}

const BYTE_UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB'];

/** An amount as a number for people and its unit. */
export interface Amount {
  number: string;
  unit: string;
}

/** Writes an amount of a resource for people, such as `3.5` and `vCPU`. */
export function amountOf(resource: string, quantity: string): Amount {
  let amount = Quantity.parse(quantity).toNumber();
  switch (unitOf(resource)) {
    case 'cpu':
      return { number: shorten(amount), unit: 'vCPU' };
    case 'bytes': {
      let unit = 0;
      while (amount >= 1024 && unit < BYTE_UNITS.length - 1) {
        amount /= 1024;
        unit++;
      }
      return {
        number: shorten(amount),
        unit: amount === 0 ? '' : BYTE_UNITS[unit],
      };
    }
    default:
      return { number: shorten(amount), unit: '' };
  }
}

/** Writes an amount and its unit in one string, such as `3.5 vCPU`. */
export function formatAmount(resource: string, quantity: string): string {
  const { number, unit } = amountOf(resource, quantity);
  return unit ? `${number} ${unit}` : number;
}

/** Writes two amounts of a resource, the first without its unit if both have the same. */
export function formatUse(
  resource: string,
  used: string,
  hard: string,
): { used: string; hard: string } {
  const first = amountOf(resource, used);
  const second = amountOf(resource, hard);
  const same = first.unit === second.unit || Number(first.number) === 0;
  return {
    used: same ? first.number : formatAmount(resource, used),
    hard: formatAmount(resource, hard),
  };
}

/** Small amounts keep two digits, so that they are not shown as zero. */
function shorten(amount: number): string {
  return String(
    Math.abs(amount) < 0.1
      ? Number(amount.toPrecision(2))
      : Number(amount.toFixed(1)),
  );
}
