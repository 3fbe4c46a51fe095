/** Returns whether a value has all wanted fields. API servers add fields with defaults, but no items to lists. */
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
      Object.entries(wanted).every(
        ([key, value]) =>
          value === undefined ||
          includesFields((found as Record<string, unknown>)[key], value),
      )
    );
  }
  return found === wanted;
}
