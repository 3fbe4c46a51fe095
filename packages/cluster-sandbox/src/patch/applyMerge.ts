import { JsonObject } from '../types';
import { FieldSet } from './FieldSet';
import { isAssociative, isGranular, itemElement } from './fields';
import { setOwn } from './mergePatch';
import { fieldSchema, Schema } from './schema';

/** Lays a configuration over an object: what it names wins, the rest stays. */
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
 * Items of the configuration take their own order; items that only the live list has keep their place
 * before the next shared one.
 */
function mergeList(
  schema: Schema,
  live: unknown[],
  wanted: unknown[],
): unknown[] {
  const liveItems = new Map(
    live.map(item => [itemElement(schema, item), item]),
  );
  const wantedElements = new Set(wanted.map(item => itemElement(schema, item)));
  const result: unknown[] = [];
  let position = 0;
  const takeLiveOnly = (until: string | undefined) => {
    while (position < live.length) {
      const element = itemElement(schema, live[position]);
      if (element === until) {
        position += 1;
        return;
      }
      if (!wantedElements.has(element)) {
        result.push(live[position]);
      } else if (until !== undefined) {
        return;
      }
      position += 1;
    }
  };
  for (const item of wanted) {
    const element = itemElement(schema, item);
    if (liveItems.has(element)) {
      takeLiveOnly(element);
    }
    result.push(
      mergeConfiguration(schema.items ?? {}, liveItems.get(element), item),
    );
  }
  takeLiveOnly(undefined);
  return result;
}

/**
 * Takes fields out of an object.
 *
 * @param gone - the fields to take out
 * @param kept - fields of others: a container that holds one of them stays
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
    // A container that is empty only because its last field went, goes too.
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
