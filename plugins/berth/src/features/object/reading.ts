/*
 * An object comes from a cluster, and any field may have another type than Kubernetes defines. These functions read
 * a field or nothing.
 */

/** The content of an object. */
export type Json = Record<string, unknown>;

/**
 * Returns what is at a path.
 *
 * @param path - names of fields, such as `spec.replicas`
 */
export function at(value: unknown, path: string): unknown {
  return path.split('.').reduce(fieldOf, value);
}

/** Returns a string, number or boolean at a path as text. */
export function textAt(value: unknown, path: string): string | undefined {
  return asText(at(value, path));
}

/** Returns a number at a path. */
export function numberAt(value: unknown, path: string): number | undefined {
  const found = at(value, path);
  return typeof found === 'number' ? found : undefined;
}

/** Returns the objects of a list at a path. */
export function listAt(value: unknown, path: string): Json[] {
  const found = at(value, path);
  return Array.isArray(found) ? found.filter(isObject) : [];
}

/** Returns the texts of a list at a path. */
export function textsAt(value: unknown, path: string): string[] {
  const found = at(value, path);
  return Array.isArray(found) ? found.flatMap(item => asText(item) ?? []) : [];
}

/** Returns the texts of a map at a path. */
export function mapAt(value: unknown, path: string): Record<string, string> {
  return mapOf(at(value, path));
}

/** Returns the texts of a map. Its names may contain dots. */
export function mapOf(value: unknown): Record<string, string> {
  const entries = isObject(value) ? Object.entries(value) : [];
  return Object.fromEntries(
    entries.flatMap(([name, item]) => {
      const text = asText(item);
      return text === undefined ? [] : [[name, text]];
    }),
  );
}

/** Returns a time at a path, ISO 8601. */
export function timeAt(value: unknown, path: string): string | undefined {
  const found = textAt(value, path);
  return found && !Number.isNaN(Date.parse(found)) ? found : undefined;
}

export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function fieldOf(value: unknown, name: string): unknown {
  return isObject(value) && Object.hasOwn(value, name)
    ? value[name]
    : undefined;
}

function asText(value: unknown): string | undefined {
  return ['string', 'number', 'boolean'].includes(typeof value)
    ? String(value)
    : undefined;
}
