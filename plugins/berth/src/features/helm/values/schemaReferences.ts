/** An object of a schema. */
export type SchemaObject = Record<string, unknown>;

/** A part of a schema, without references. */
export interface ResolvedSchema {
  schema: SchemaObject;
  /** The references that led to it. */
  references: string[];
}

const MAX_STEPS = 30;
/** Counts a choice as a step. It is the name of no reference. */
const CHOICE = '';

/** Reads parts of a schema. */
export interface SchemaReader {
  /**
   * Follows references within the schema.
   *
   * @param references - those that led to the part
   * @returns undefined for a reference to another file, to nothing or in a circle, and for what no form can show
   */
  resolve(part: unknown, references: string[]): ResolvedSchema | undefined;
}

export function schemaReader(root: unknown): SchemaReader {
  return { resolve };

  function resolve(
    part: unknown,
    references: string[],
  ): ResolvedSchema | undefined {
    if (!isSchema(part) || references.length >= MAX_STEPS) {
      return undefined;
    }
    const { $ref: reference, ...others } = part;
    if (reference !== undefined) {
      if (typeof reference !== 'string' || references.includes(reference)) {
        return undefined;
      }
      const found = resolve(targetOf(reference), [...references, reference]);
      return found && { ...found, schema: { ...found.schema, ...others } };
    }
    const only = onlyChoice(part);
    if (only !== undefined) {
      const { allOf: _, anyOf: __, oneOf: ___, ...rest } = part;
      const found = resolve(only, [...references, CHOICE]);
      return found && { ...found, schema: { ...found.schema, ...rest } };
    }
    return hasChoices(part) ? undefined : { schema: part, references };
  }

  /** Returns what a JSON pointer in this schema names. Nothing is fetched. */
  function targetOf(reference: string): unknown {
    if (reference !== '#' && !reference.startsWith('#/')) {
      return undefined;
    }
    return reference
      .split('/')
      .slice(1)
      .map(key => key.replaceAll('~1', '/').replaceAll('~0', '~'))
      .reduce<unknown>(
        (found, key) =>
          typeof found === 'object' &&
          found !== null &&
          Object.hasOwn(found, key)
            ? (found as SchemaObject)[key]
            : undefined,
        root,
      );
  }
}

/** A choice of one, or of one and `null`, is none. */
function onlyChoice(part: SchemaObject): unknown {
  const choices = choicesOf(part);
  if (choices.length !== 1) {
    return undefined;
  }
  const real = choices[0].filter(one => !isSchema(one) || one.type !== 'null');
  return real.length === 1 ? real[0] : undefined;
}

/** An object with properties can be shown without its choices, which only restrict it. */
function hasChoices(part: SchemaObject): boolean {
  return choicesOf(part).length > 0 && !isSchema(part.properties);
}

function choicesOf(part: SchemaObject): unknown[][] {
  return [part.allOf, part.anyOf, part.oneOf].filter(
    (choices): choices is unknown[] => Array.isArray(choices),
  );
}

function isSchema(part: unknown): part is SchemaObject {
  return typeof part === 'object' && part !== null && !Array.isArray(part);
}
