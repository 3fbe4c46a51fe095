import { Quantity } from '@berth/plugin-berth-common';

const MEMORY_UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB'];

/**
 * Writes an amount of CPU for people, such as `7.5 vCPU`.
 *
 * @param quantity - a Kubernetes quantity in vCPU, such as `7500m`
 */
export function formatCpu(quantity: string): string {
  return `${shorten(Quantity.parse(quantity).toNumber())} vCPU`;
}

/**
 * Writes an amount of memory for people, such as `251.7 GiB`.
 *
 * @param quantity - a Kubernetes quantity in bytes, such as `263921664Ki`
 */
export function formatMemory(quantity: string): string {
  let amount = Quantity.parse(quantity).toNumber();
  let unit = 0;
  while (amount >= 1024 && unit < MEMORY_UNITS.length - 1) {
    amount /= 1024;
    unit++;
  }
  return `${shorten(amount)} ${MEMORY_UNITS[unit]}`;
}

function shorten(amount: number): string {
  return String(Number(amount.toFixed(1)));
}
