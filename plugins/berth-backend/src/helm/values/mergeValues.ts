import { JsonRecord } from '../../resources/objects/json';
import { isRecord } from '../../resources/values';

/**
 * Merges values as Helm does: those of people win, lists are replaced, and `null` removes a value of the chart. A `null`
 * that removes nothing stays, and so does one in a list.
 *
 * @see https://helm.sh/docs/chart_template_guide/values_files/
 */
export function mergeValues(
  defaults: JsonRecord,
  overrides: JsonRecord,
): JsonRecord {
  const merged = mergeInto(defaults, overrides);
  for (const key of Object.keys(defaults)) {
    // Here, unlike below, a null also removes a null of the chart.
    if (Object.hasOwn(overrides, key) && overrides[key] === null) {
      merged.delete(key);
    }
  }
  return Object.fromEntries(merged);
}

function mergeInto(
  defaults: JsonRecord,
  overrides: JsonRecord,
): Map<string, unknown> {
  const merged = new Map(Object.entries(overrides));
  for (const [key, value] of Object.entries(defaults)) {
    const own = merged.get(key);
    if (!merged.has(key)) {
      if (value !== null) {
        merged.set(key, withoutNulls(value));
      }
    } else if (own === null) {
      if (value !== null) {
        merged.delete(key);
      }
    } else if (isRecord(own) && isRecord(value)) {
      merged.set(key, Object.fromEntries(mergeInto(value, own)));
    }
  }
  return merged;
}

function withoutNulls(value: unknown): unknown {
  return isRecord(value)
    ? Object.fromEntries(
        Object.entries(value)
          .filter(([, item]) => item !== null)
          .map(([key, item]) => [key, withoutNulls(item)]),
      )
    : value;
}
