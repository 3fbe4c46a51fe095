import { schemaReader, SchemaObject } from './schemaReferences';

/** The fields of a form; more make it slow, and nobody reads them. */
export const MAX_FIELDS = 300;
/** The sections in sections. */
export const MAX_DEPTH = 6;
/** The objects of a schema that are looked at, of which a small text can have very many by its references. */
const MAX_VISITED = 3_000;
const MAX_OPTIONS = 200;
const MAX_LABEL = 100;
const MAX_DESCRIPTION = 500;

/** A value that is neither a list nor an object. */
export type Scalar = string | number | boolean | null;

/** What all parts of a form have in common. */
interface Part {
  /** The keys from the root of the values. */
  path: string[];
  label: string;
  /** Plain text. */
  description?: string;
  isRequired: boolean;
  /** The default in the schema. */
  default?: unknown;
}

export interface TextPart extends Part {
  kind: 'text';
  /** Whether the value is hidden while a person types it. */
  isSecret: boolean;
  minLength?: number;
  maxLength?: number;
  /** A regular expression to show. The browser does not run it, because it may take for ever. */
  pattern?: string;
}

export interface NumberPart extends Part {
  kind: 'number';
  isWhole: boolean;
  minimum?: number;
  maximum?: number;
}

export interface ChoicePart extends Part {
  kind: 'choice';
  options: Scalar[];
}

export interface ListPart extends Part {
  kind: 'list';
  items: 'text' | 'number';
}

export interface PlainPart extends Part {
  /**
   * `flag`: true or false. `map`: an object of texts under any names. `yaml`: a value for which the form has no field.
   */
  kind: 'flag' | 'map' | 'yaml';
}

export interface SectionPart extends Part {
  kind: 'section';
  parts: FormPart[];
}

/** A part of a form, made from a part of a schema. */
export type FormPart =
  | TextPart
  | NumberPart
  | ChoicePart
  | ListPart
  | PlainPart
  | SectionPart;

/** A form for the values of a chart. */
export interface SchemaForm {
  parts: FormPart[];
  /** Whether the schema has more than the form shows. */
  isCut: boolean;
}

/**
 * Makes a form from the schema of a chart. Nobody has checked the schema: it may be deep, long, refer to itself or to
 * other computers, and have any names.
 *
 * @returns undefined if the text is no schema of an object
 */
export function schemaForm(text: string): SchemaForm | undefined {
  let schema: unknown;
  try {
    schema = JSON.parse(text);
  } catch {
    return undefined;
  }
  const reader = schemaReader(schema);
  const root = reader.resolve(schema, []);
  if (!root) {
    return undefined;
  }
  let fields = 0;
  let visited = 0;
  let isCut = false;
  const parts = partsOf(root.schema, [], root.references);
  return { parts, isCut };

  function partsOf(
    schemaOfObject: SchemaObject,
    path: string[],
    references: string[],
  ): FormPart[] {
    const required = schemaOfObject.required;
    const names = new Set(Array.isArray(required) ? required : []);
    const made: FormPart[] = [];
    for (const [key, property] of entriesOf(schemaOfObject.properties)) {
      if (fields >= MAX_FIELDS || visited >= MAX_VISITED) {
        isCut = true;
        break;
      }
      visited += 1;
      made.push(partOf(property, [...path, key], references, names.has(key)));
    }
    return made;
  }

  function partOf(
    property: unknown,
    path: string[],
    references: string[],
    isRequired: boolean,
  ): FormPart {
    const found = reader.resolve(property, references);
    const key = path[path.length - 1];
    if (!found) {
      fields += 1;
      return { kind: 'yaml', path, label: cut(key, MAX_LABEL), isRequired };
    }
    const { schema: own } = found;
    const description = textOf(own.description, MAX_DESCRIPTION);
    const common: Part = {
      path,
      label: textOf(own.title, MAX_LABEL) ?? cut(key, MAX_LABEL),
      ...(description !== undefined && { description }),
      isRequired,
      ...(Object.hasOwn(own, 'default') && { default: own.default }),
    };
    if (entriesOf(own.properties).length > 0) {
      if (path.length < MAX_DEPTH) {
        const below = partsOf(own, path, found.references);
        return { ...common, kind: 'section', parts: below };
      }
      isCut = true;
    }
    fields += 1;
    return { ...common, ...fieldOf(own, found.references) } as FormPart;
  }

  function fieldOf(own: SchemaObject, references: string[]) {
    const options = Object.hasOwn(own, 'const') ? [own.const] : own.enum;
    if (
      Array.isArray(options) &&
      options.length > 0 &&
      options.length <= MAX_OPTIONS &&
      options.every(isScalar)
    ) {
      return { kind: 'choice', options: [...new Set(options)] };
    }
    switch (typeOf(own)) {
      case 'string':
        return textField(own);
      case 'integer':
      case 'number':
        return numberField(own);
      case 'boolean':
        return { kind: 'flag' };
      case 'array': {
        const items = typeOf(reader.resolve(own.items, references)?.schema);
        if (items === 'string') {
          return { kind: 'list', items: 'text' };
        }
        return items === 'integer' || items === 'number'
          ? { kind: 'list', items: 'number' }
          : { kind: 'yaml' };
      }
      case 'object': {
        const any = reader.resolve(own.additionalProperties, references);
        return entriesOf(own.properties).length === 0 &&
          typeOf(any?.schema) === 'string'
          ? { kind: 'map' }
          : { kind: 'yaml' };
      }
      default:
        return { kind: 'yaml' };
    }
  }
}

/** Returns the fields in sections of a form, in its order. */
export function fieldsOf(
  parts: readonly FormPart[],
): Exclude<FormPart, SectionPart>[] {
  return parts.flatMap(part =>
    part.kind === 'section' ? fieldsOf(part.parts) : [part],
  );
}

function textField(own: SchemaObject) {
  return {
    kind: 'text',
    isSecret: own.format === 'password' || own.writeOnly === true,
    ...numbersOf(own, 'minLength', 'maxLength'),
    ...(typeof own.pattern === 'string' && {
      pattern: cut(own.pattern, MAX_LABEL),
    }),
  };
}

function numberField(own: SchemaObject) {
  return {
    kind: 'number',
    isWhole: typeOf(own) === 'integer',
    ...numbersOf(own, 'minimum', 'maximum'),
  };
}

/** The type; `null` next to it means that the value may be removed. */
function typeOf(schema: SchemaObject | undefined): unknown {
  const type = schema?.type;
  if (!Array.isArray(type)) {
    return type;
  }
  const types = type.filter(one => one !== 'null');
  return types.length === 1 ? types[0] : undefined;
}

function numbersOf(own: SchemaObject, ...names: string[]) {
  return Object.fromEntries(
    names
      .filter(name => Number.isFinite(own[name]))
      .map(name => [name, own[name]]),
  );
}

function entriesOf(value: unknown): [string, unknown][] {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.entries(value)
    : [];
}

export function isScalar(value: unknown): value is Scalar {
  return value === null || typeof value !== 'object';
}

function textOf(value: unknown, most: number): string | undefined {
  return typeof value === 'string' && value.trim() !== ''
    ? cut(value.trim(), most)
    : undefined;
}

function cut(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most)}…` : text;
}
