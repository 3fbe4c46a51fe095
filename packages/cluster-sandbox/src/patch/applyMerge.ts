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
 * Items of the configuration stand in its own order. An item that only the live list has keeps its place
 * among them: it comes before what the configuration says next.
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
      // Its turn comes, or came, where the configuration has it.
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
