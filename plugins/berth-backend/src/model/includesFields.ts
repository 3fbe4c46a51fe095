/** The defaults that an API server adds to admission policies. A selector is empty by default. */
const DEFAULTS: Record<string, unknown> = {
  matchPolicy: 'Equivalent',
  scope: '*',
};

/**
 * Returns whether a value has all wanted fields, and no others than those that an API server adds. Another field can turn an
 * admission policy off, such as a selector that leaves namespaces out.
 */
export function includesFields(found: unknown, wanted: unknown): boolean {
  if (Array.isArray(wanted)) {
    return (
      Array.isArray(found) &&
      found.length === wanted.length &&
      wanted.every((item, index) => includesFields(found[index], item))
    );
  }
  if (typeof wanted === 'object' && wanted !== null) {
    return (
      typeof found === 'object' &&
      found !== null &&
      Object.entries(found).every(
        ([key, value]) =>
          (wanted as Record<string, unknown>)[key] !== undefined ||
          (key in DEFAULTS && DEFAULTS[key] === value) ||
          isEmpty(value),
      ) &&
      Object.entries(wanted).every(
        ([key, value]) =>
          value === undefined ||
          includesFields((found as Record<string, unknown>)[key], value),
      )
    );
  }
  return found === wanted;
}

function isEmpty(value: unknown): boolean {
  return (
    value === undefined ||
    value === null ||
    (typeof value === 'object' && Object.keys(value).length === 0)
  );
}
