import { Quantity } from '@berth/plugin-berth-common';
import { LRUCache } from 'lru-cache';
import { KubeObject } from '../kube';

/** No meaningful quantity is longer. */
const MAX_LENGTH = 64;

export function specOf(object: KubeObject): unknown {
  return (object as { spec?: unknown }).spec;
}

/**
 * Returns a spec in one notation, independent of the order of its keys. Quantities in quotas and limits, such
 * as `1000m`, are in their canonical form. In network policies, a missing list of rules is an empty list.
 */
export function canonicalSpec(object: KubeObject): unknown {
  const spec = specOf(object);
  return object.kind === 'NetworkPolicy'
    ? canonical(withRules(spec), one => one)
    : canonical(spec, asQuantity);
}

function canonical(value: unknown, leaf: (value: unknown) => unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(item => canonical(item, leaf));
  }
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, canonical(inner, leaf)]);
  }
  return leaf(value);
}

function withRules(spec: unknown): unknown {
  return typeof spec === 'object' && spec !== null
    ? { ingress: [], egress: [], ...spec }
    : spec;
}

function asQuantity(value: unknown): unknown {
  return typeof value === 'string' || typeof value === 'number'
    ? quantityText(String(value))
    : value;
}

/** Thousands of namespaces have the same few quantities. */
const texts = new LRUCache<string, string>({ max: 1_000 });

function quantityText(text: string): string {
  // Parse errors for words that are not quantities would take most of the time.
  if (!/^[-+.\d]/.test(text) || text.length > MAX_LENGTH) {
    return text;
  }
  const known = texts.get(text);
  if (known !== undefined) {
    return known;
  }
  const canonicalText = readQuantity(text);
  texts.set(text, canonicalText);
  return canonicalText;
}

function readQuantity(text: string): string {
  try {
    return Quantity.parse(text).toString();
  } catch {
    return text;
  }
}
