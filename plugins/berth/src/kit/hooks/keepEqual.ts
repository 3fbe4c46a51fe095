/**
 * The new value, with every part that equals the part before replaced by it, so that a comparison by identity
 * shows what has changed. For JSON.
 */
export function keepEqual<T>(before: unknown, now: T): T {
  if (Object.is(before, now)) {
    return now;
  }
  if (Array.isArray(before) && Array.isArray(now)) {
    const kept = now.map((item, index) => keepEqual(before[index], item));
    const same =
      before.length === now.length &&
      kept.every((item, index) => item === before[index]);
    return (same ? before : kept) as T;
  }
  if (isRecord(before) && isRecord(now)) {
    const keys = Object.keys(now);
    const kept = Object.fromEntries(
      keys.map(key => [key, keepEqual(before[key], now[key])]),
    );
    const same =
      keys.length === Object.keys(before).length &&
      keys.every(key => key in before && kept[key] === before[key]);
    return (same ? before : kept) as T;
  }
  return now;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return (
    typeof value === 'object' &&
    value !== null &&
    Object.getPrototypeOf(value) === Object.prototype
  );
}
