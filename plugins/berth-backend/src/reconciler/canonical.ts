import { Quantity } from '@berth/plugin-berth-common';
import { KubeObject } from '../kube';

export function specOf(object: KubeObject): unknown {
  return (object as { spec?: unknown }).spec;
}

/** Without what is written in several ways: the order of keys, and quantities such as `1000m`. */
export function canonical(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(canonical);
  }
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, canonical(inner)]);
  }
  return typeof value === 'string' || typeof value === 'number'
    ? quantityText(String(value))
    : value;
}

function quantityText(text: string): string {
  try {
    return Quantity.parse(text).toString();
  } catch {
    return text;
  }
}
