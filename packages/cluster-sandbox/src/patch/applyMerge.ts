import { JsonObject } from '../types';
import { FieldSet } from './FieldSet';
import { isAssociative, isGranular, itemElement } from './fields';
import { setOwn } from './mergePatch';
import { fieldSchema, Schema } from './schema';

/** Merges a configuration into an object: the configured fields win, the others stay. */
export function mergeConfiguration(
  schema: Schema,
  live: unknown,
  configuration: unknown,
): unknown {
  if (isAssociative(schema, configuration)) {
    return mergeList(
      schema,
      Array.isArray(live) ? live : [],
      configuration as unknown[],
    );
  }
  if (isGranular(schema, configuration) && isGranular(schema, live)) {
    const result: JsonObject = { ...live };
    for (const [field, value] of Object.entries(configuration)) {
      setOwn(
        result,
        field,
        mergeConfiguration(fieldSchema(schema, field), live[field], value),
      );
    }
    return result;
  }
  return configuration;
}

/**
 * Merges the items of a list. Items of the configuration keep its order. An item that only the live list has keeps
 * its position among them, before the next configured item.
 */
function mergeList(
  schema: Schema,
  live: unknown[],
  wanted: unknown[],
): unknown[] {
  const liveElements = live.map(item => itemElement(schema, item));
  const wantedElements = wanted.map(item => itemElement(schema, item));
  const liveItems = new Map(
    live.map((item, index) => [liveElements[index], item]),
  );
  const isWanted = new Set(wantedElements);
  const shared = wantedElements.filter(element => liveItems.has(element));
  const result: unknown[] = [];
  const take = (index: number) => {
    const element = wantedElements[index];
    result.push(
      mergeConfiguration(
        schema.items ?? {},
        liveItems.get(element),
        wanted[index],
      ),
    );
    if (shared[0] === element) {
      shared.shift();
    }
  };
  let left = 0;
  let right = 0;
  while (left < live.length || right < wanted.length) {
    const element = liveElements[left];
    if (left < live.length && !isWanted.has(element)) {
      result.push(live[left]);
      left += 1;
    } else if (
      left < live.length &&
      right < wanted.length &&
      element !== wantedElements[right] &&
      element === shared[0]
    ) {
      take(right);
      right += 1;
    } else if (left < live.length && element !== wantedElements[right]) {
      // The item is added at its position in the configuration.
      left += 1;
    } else {
      take(right);
      left += left < live.length ? 1 : 0;
      right += 1;
    }
  }
  return result;
}

/**
 * Removes fields from an object.
 *
 * @param gone - the fields to remove
 * @param kept - fields of others: a container of such a field stays
 */
export function removeFields(
  schema: Schema,
  value: unknown,
  gone: FieldSet,
  kept: FieldSet,
  path: string[] = [],
): unknown {
  const drops = (element: string) => {
    const at = [...path, element];
    return gone.has(at) && !kept.reaches(at);
  };
  if (isAssociative(schema, value)) {
    return (value as unknown[])
      .filter(item => !drops(itemElement(schema, item)))
      .map(item =>
        removeFields(schema.items ?? {}, item, gone, kept, [
          ...path,
          itemElement(schema, item),
        ]),
      );
  }
  if (!isGranular(schema, value)) {
    return value;
  }
  const result: JsonObject = {};
  for (const [field, part] of Object.entries(value)) {
    const element = `f:${field}`;
    const at = [...path, element];
    if (drops(element)) {
      continue;
    }
    const rest = removeFields(fieldSchema(schema, field), part, gone, kept, at);
    // A container that is empty only because its last field was removed is removed, too.
    if (isEmpty(rest) && !isEmpty(part) && !kept.has(at)) {
      continue;
    }
    setOwn(result, field, rest);
  }
  return result;
}

function isEmpty(value: unknown): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    Object.keys(value).length === 0
  );
}
