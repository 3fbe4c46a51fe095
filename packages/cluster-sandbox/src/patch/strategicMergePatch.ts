import { isDeepStrictEqual } from 'node:util';
import { badRequest } from '../status';
import { JsonObject } from '../types';
import { isObject, setOwn } from './mergePatch';
import { fieldSchema, Schema } from './schema';

const DELETE_LIST = '$deleteFromPrimitiveList/';
const ORDER = '$setElementOrder/';
const RETAIN_KEYS = '$retainKeys';

/** Returns the key by which a strategic merge patch merges a list; undefined if it replaces the list. */
function mergeKey(schema: Schema): string | undefined {
  return schema.strategicKey ?? (schema.atomic ? undefined : schema.keys?.[0]);
}

/**
 * Applies a strategic merge patch: like a JSON merge patch, but lists of objects merge by their key, and
 * directives (`$patch`, `$retainKeys`, `$deleteFromPrimitiveList`, `$setElementOrder`) control the rest.
 *
 * @throws StatusError 400 for an invalid directive
 */
export function strategicMergePatch(
  schema: Schema,
  target: unknown,
  patch: JsonObject,
): JsonObject {
  if (patch.$patch === 'delete') {
    return {};
  }
  const { $patch: directive, ...changes } = patch;
  if (directive === 'replace') {
    return withoutNulls(changes);
  }
  if (directive !== undefined && directive !== 'merge') {
    throw badRequest(`Unknown patch type found: ${directive}`);
  }
  const result: JsonObject = isObject(target) ? { ...target } : {};
  retainOnly(result, changes[RETAIN_KEYS]);
  for (const [field, value] of Object.entries(changes)) {
    if (field.startsWith(DELETE_LIST)) {
      const name = field.slice(DELETE_LIST.length);
      result[name] = (result[name] ?? []).filter(
        (item: unknown) => !value.includes(item),
      );
    } else if (!field.startsWith(ORDER) && field !== RETAIN_KEYS) {
      patchField(fieldSchema(schema, field), result, field, value);
    }
  }
  for (const [field, order] of Object.entries(changes)) {
    if (field.startsWith(ORDER)) {
      const name = field.slice(ORDER.length);
      if (Array.isArray(result[name])) {
        result[name] = inOrder(
          result[name],
          order,
          mergeKey(fieldSchema(schema, name)),
        );
      }
    }
  }
  return result;
}

function patchField(
  schema: Schema,
  result: JsonObject,
  field: string,
  value: unknown,
): void {
  if (value === null) {
    delete result[field];
  } else if (isObject(value)) {
    if (value.$patch === 'delete') {
      delete result[field];
      return;
    }
    setOwn(result, field, strategicMergePatch(schema, result[field], value));
  } else if (Array.isArray(value)) {
    const old = Array.isArray(result[field]) ? result[field] : [];
    setOwn(result, field, patchList(schema, old, value));
  } else {
    setOwn(result, field, value);
  }
}

function patchList(
  schema: Schema,
  old: unknown[],
  patch: unknown[],
): unknown[] {
  const key = mergeKey(schema);
  if (key === undefined) {
    if (schema.set || schema.strategicSet) {
      return [...old, ...patch.filter(item => !old.includes(item))];
    }
    return patch.map(item => (isObject(item) ? withoutNulls(item) : item));
  }
  const replaces = patch.some(
    item => isObject(item) && item.$patch === 'replace' && !(key in item),
  );
  let result = replaces ? [] : [...old];
  for (const item of patch) {
    if (!isObject(item)) {
      throw badRequest(`a list that merges by ${key} takes objects only`);
    }
    if (item.$patch === 'replace' && !(key in item)) {
      continue;
    }
    if (item[key] === undefined) {
      throw badRequest(
        `map: ${JSON.stringify(
          item,
        )} does not contain declared merge key: ${key}`,
      );
    }
    const matches = (candidate: unknown) =>
      isDeepStrictEqual((candidate as JsonObject)?.[key], item[key]);
    if (item.$patch === 'delete') {
      result = result.filter(candidate => !matches(candidate));
      continue;
    }
    const index = result.findIndex(matches);
    const merged = strategicMergePatch(
      schema.items ?? {},
      index < 0 ? undefined : result[index],
      item,
    );
    if (index < 0) {
      result.push(merged);
    } else {
      result[index] = merged;
    }
  }
  return result;
}

/** Puts the items that a patch orders into that order; the others keep their positions as far as possible. */
function inOrder(
  items: unknown[],
  order: unknown[],
  key: string | undefined,
): unknown[] {
  const nameOf = (item: unknown) =>
    JSON.stringify(key && isObject(item) ? item[key] : item);
  const ranks = new Map(order.map((item, index) => [nameOf(item), index]));
  const ordered = items
    .filter(item => ranks.has(nameOf(item)))
    .sort((a, b) => ranks.get(nameOf(a))! - ranks.get(nameOf(b))!);
  let next = 0;
  return items.map(item => {
    if (!ranks.has(nameOf(item))) {
      return item;
    }
    next += 1;
    return ordered[next - 1];
  });
}

function retainOnly(result: JsonObject, keys: unknown): void {
  if (!Array.isArray(keys)) {
    return;
  }
  for (const field of Object.keys(result)) {
    if (!keys.includes(field)) {
      delete result[field];
    }
  }
}

function withoutNulls(value: JsonObject): JsonObject {
  const result: JsonObject = {};
  for (const [field, part] of Object.entries(value)) {
    if (part !== null && field !== '$patch') {
      setOwn(result, field, isObject(part) ? withoutNulls(part) : part);
    }
  }
  return result;
}
