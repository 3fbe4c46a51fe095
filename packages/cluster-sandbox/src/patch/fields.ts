import { isDeepStrictEqual } from 'node:util';
import { JsonObject } from '../types';
import { FieldPath, FieldSet } from './FieldSet';
import { isObject } from './mergePatch';
import { fieldSchema, Schema } from './schema';

/** Returns the path element for one item of an associative list. */
export function itemElement(schema: Schema, item: unknown): string {
  if (schema.set) {
    return `v:${JSON.stringify(item)}`;
  }
  const keys: JsonObject = {};
  for (const key of [...(schema.keys ?? [])].sort()) {
    const value = (item as JsonObject)?.[key] ?? schema.keyDefaults?.[key];
    if (value !== undefined) {
      keys[key] = value;
    }
  }
  return `k:${JSON.stringify(keys)}`;
}

/** Returns whether a list merges item by item. */
export function isAssociative(schema: Schema, value: unknown): boolean {
  return (
    Array.isArray(value) &&
    !schema.atomic &&
    (schema.set === true || schema.keys !== undefined)
  );
}

/** Returns whether an object merges field by field. */
export function isGranular(
  schema: Schema,
  value: unknown,
): value is JsonObject {
  return isObject(value) && !schema.atomic;
}

/** Returns the parts of a container by path element, with their schemas; undefined for a value without parts. */
export function partsOf(
  schema: Schema,
  value: unknown,
): Map<string, { value: unknown; schema: Schema }> | undefined {
  if (isAssociative(schema, value)) {
    const items = schema.items ?? {};
    return new Map(
      (value as unknown[]).map(item => [
        itemElement(schema, item),
        { value: item, schema: items },
      ]),
    );
  }
  if (isGranular(schema, value)) {
    return new Map(
      Object.entries(value).map(([field, part]) => [
        `f:${field}`,
        { value: part, schema: fieldSchema(schema, field) },
      ]),
    );
  }
  return undefined;
}

/**
 * Returns the fields that a value sets: its leaves, and the items of its associative lists.
 *
 * @param containers - whether containers themselves count, as in the changes of an update
 */
export function fieldsOf(
  schema: Schema,
  value: unknown,
  containers = false,
): FieldSet {
  const set = new FieldSet();
  collect(schema, value, [], containers, set);
  return set;
}

function collect(
  schema: Schema,
  value: unknown,
  path: FieldPath,
  containers: boolean,
  set: FieldSet,
): void {
  const parts = partsOf(schema, value);
  const isItem = path.length > 0 && !path[path.length - 1].startsWith('f:');
  if (path.length > 0 && (!parts || parts.size === 0 || isItem || containers)) {
    set.add(path);
  }
  for (const [element, part] of parts ?? []) {
    collect(part.schema, part.value, [...path, element], containers, set);
  }
}

export interface Comparison {
  added: FieldSet;
  modified: FieldSet;
  removed: FieldSet;
}

/** Returns the differences between two versions of an object. */
export function compare(
  schema: Schema,
  before: unknown,
  after: unknown,
): Comparison {
  const result = {
    added: new FieldSet(),
    modified: new FieldSet(),
    removed: new FieldSet(),
  };
  walk(schema, before, after, [], result);
  return result;
}

function walk(
  schema: Schema,
  before: unknown,
  after: unknown,
  path: FieldPath,
  result: Comparison,
): void {
  if (before === undefined) {
    collect(schema, after, path, true, result.added);
    return;
  }
  if (after === undefined) {
    collect(schema, before, path, true, result.removed);
    return;
  }
  const old = partsOf(schema, before);
  const current = partsOf(schema, after);
  if (!old || !current) {
    if (!isDeepStrictEqual(before, after)) {
      result.modified.add(path);
    }
    return;
  }
  for (const element of new Set([...old.keys(), ...current.keys()])) {
    const part = current.get(element) ?? old.get(element)!;
    walk(
      part.schema,
      old.get(element)?.value,
      current.get(element)?.value,
      [...path, element],
      result,
    );
  }
}
