import { JsonObject } from '../types';

/** Applies a JSON merge patch (RFC 7386): null removes, objects merge, all other values replace. */
export function mergePatch<T>(target: T, patch: unknown): T {
  if (!isObject(patch)) {
    return patch as T;
  }
  const result: JsonObject = isObject(target) ? { ...target } : {};
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) {
      delete result[key];
    } else {
      setOwn(result, key, mergePatch(result[key], value));
    }
  }
  return result as T;
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Sets a property even if its name is special in JavaScript, such as `__proto__`. */
export function setOwn(target: JsonObject, key: string, value: unknown): void {
  Object.defineProperty(target, key, {
    value,
    writable: true,
    enumerable: true,
    configurable: true,
  });
}
