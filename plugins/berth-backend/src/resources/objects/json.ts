import { isRecord } from '../values';

/** An object of a cluster, of which nothing is known yet. */
export type JsonRecord = Record<string, unknown>;

/** Returns the value at a path of own fields. */
export function valueAt(value: unknown, ...path: string[]): unknown {
  return path.reduce<unknown>(
    (found, key) =>
      isRecord(found) && Object.hasOwn(found, key) ? found[key] : undefined,
    value,
  );
}

/** Returns the record at a path, empty if there is none. */
export function recordAt(value: unknown, ...path: string[]): JsonRecord {
  const found = valueAt(value, ...path);
  return isRecord(found) ? found : {};
}

/** Returns the records of the list at a path. */
export function recordsAt(value: unknown, ...path: string[]): JsonRecord[] {
  const found = valueAt(value, ...path);
  return Array.isArray(found) ? found.filter(isRecord) : [];
}

/** Returns the text at a path. */
export function textAt(value: unknown, ...path: string[]): string | undefined {
  const found = valueAt(value, ...path);
  return typeof found === 'string' && found !== '' ? found : undefined;
}

/** Returns the number at a path. */
export function numberAt(
  value: unknown,
  ...path: string[]
): number | undefined {
  const found = valueAt(value, ...path);
  return typeof found === 'number' ? found : undefined;
}

/** Splits an `apiVersion`. The group is empty for the core group. */
export function groupVersionOf(apiVersion = ''): {
  group: string;
  version: string;
} {
  const [first, second] = apiVersion.split('/');
  return second === undefined
    ? { group: '', version: first }
    : { group: first, version: second };
}
