import { toYaml } from '@berth/plugin-berth-common';
import { ClusterCallError } from '../../access/clusterCallErrors';
import { isRecord } from '../../resources/values';
import { JsonRecord, textAt } from '../../resources/objects/json';
import { mergeValues } from '../values/mergeValues';
import { DecodedRelease } from './types';

/** Above it, the values are JSON, which is YAML, too: to write YAML would take seconds. */
const MAX_YAML_VALUES = 5_000;
const MAX_YAML_TEXT = 256 * 1024;
const MAX_TEXT = 4 * 1024 * 1024;
/** In base64. */
const MAX_SCHEMA = 1024 * 1024;
const MAX_DEPTH = 64;
const MAX_VALUES = 100_000;

/** Returns what is wrong with values that are too deep or too many, for people. */
export function problemOfValues(values: JsonRecord): string | undefined {
  const left = [{ value: values as unknown, depth: 0 }];
  let count = 0;
  for (let next = left.pop(); next; next = left.pop()) {
    const { value, depth } = next;
    if (typeof value === 'object' && value !== null) {
      const items: unknown[] = Object.values(value);
      count += items.length;
      if (depth >= MAX_DEPTH) {
        return `its values are more than ${MAX_DEPTH} levels deep`;
      }
      if (count > MAX_VALUES) {
        return `it has more than ${MAX_VALUES} values`;
      }
      items.forEach(item => left.push({ value: item, depth: depth + 1 }));
    }
  }
  return undefined;
}

/**
 * Returns the values of a release.
 *
 * @param all - with the values of the chart itself. Helm does not store those of its subcharts
 */
export function valuesOf(release: DecodedRelease, all: boolean): JsonRecord {
  return all ? mergeValues(release.defaults, release.config) : release.config;
}

/**
 * Writes values as YAML, keys sorted as Helm does.
 *
 * @throws ClusterCallError if they are too large
 */
export function valuesYaml(values: unknown): string {
  const sorted = withSortedKeys(values);
  if (JSON.stringify(sorted).length > MAX_TEXT) {
    throw new ClusterCallError(
      502,
      `The values have more than ${MAX_TEXT} characters, which is too much for a page`,
    );
  }
  return yamlOrJson(sorted);
}

/** Writes YAML, or JSON if the value is large. */
export function yamlOrJson(value: unknown): string {
  return JSON.stringify(value).length > MAX_YAML_TEXT ||
    countValues(value) > MAX_YAML_VALUES
    ? `${JSON.stringify(value, null, 2)}\n`
    : toYaml(value);
}

/** Returns the schema that Helm stored with a chart. Nobody has checked it. */
export function schemaText({ packed }: DecodedRelease): string | undefined {
  const encoded = textAt(packed, 'schema');
  return encoded !== undefined && encoded.length <= MAX_SCHEMA
    ? Buffer.from(encoded, 'base64').toString('utf8')
    : undefined;
}

function withSortedKeys(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(withSortedKeys);
  }
  return isRecord(value)
    ? Object.fromEntries(
        Object.keys(value)
          .sort()
          .map(key => [key, withSortedKeys(value[key])]),
      )
    : value;
}

function countValues(value: unknown): number {
  const parts = typeof value === 'object' && value ? Object.values(value) : [];
  return parts.reduce<number>((sum, part) => sum + countValues(part), 1);
}
