import { isMap, isScalar as isScalarNode, isSeq, Scalar } from 'yaml';
import { HELM_MASK } from '@berth/plugin-berth-common';
import { FormPart, SectionPart } from './schemaForm';
import { nodeAt, obstacleAt, Obstacle, Values } from './valuesDocument';

export type FieldPart = Exclude<FormPart, SectionPart>;

/** What a field of a form shows. */
export interface FieldState {
  /** Whether the values of the person have the field. */
  isSet: boolean;
  /** What the person set. */
  value?: unknown;
  /** The value as the text has it, such as `1.10`. */
  written?: string;
  /** Whether the value is hidden, and stays as it is. */
  isHidden: boolean;
  /** What the chart has if the person sets nothing. */
  default?: unknown;
  /** Why the form cannot change the field. */
  obstacle?: Obstacle;
}

/** What is wrong with a value, as the form can tell. The portal checks more. */
export type FieldProblem =
  | { rule: 'text' | 'number' | 'flag' | 'whole' | 'options' }
  | { rule: 'minimum' | 'maximum' | 'minLength' | 'maxLength'; bound: number };

/** The form has one item per line, without spaces around it. */
const LINE = /^\S(.*\S)?$/;

/** @param defaults - the values of the chart */
export function fieldState(
  part: FieldPart,
  values: Values,
  defaults: unknown,
): FieldState {
  const { path } = part;
  const node = nodeAt(values, path);
  const obstacle = obstacleAt(values, path);
  const inChart = valueAt(defaults, path);
  const value = valueAt(values.root, path);
  return {
    isSet: node !== undefined && node !== null,
    isHidden: value === HELM_MASK,
    default: inChart === undefined ? part.default : inChart,
    ...(node !== undefined && { value: value ?? null }),
    ...(isScalarNode(node) && { written: node.source ?? String(node.value) }),
    ...(obstacle !== undefined && { obstacle }),
    ...(obstacle === undefined &&
      node &&
      !fits(part, node, value) && { obstacle: 'other' as const }),
  };
}

function fits(part: FieldPart, node: unknown, value: unknown): boolean {
  if (value === HELM_MASK) {
    return part.kind === 'text';
  }
  switch (part.kind) {
    case 'text':
    case 'number':
    case 'flag':
      return isScalarNode(node) && value !== null;
    case 'choice':
      return isScalarNode(node);
    case 'list':
      return (
        isSeq(node) &&
        node.items.every(
          item =>
            isPlain(item) && item.value !== null && LINE.test(`${item.value}`),
        )
      );
    case 'map':
      return isMap(node) && node.items.every(pair => isPlain(pair.value));
    default:
      return false;
  }
}

/** An item that an alias names cannot go without it. */
function isPlain(node: unknown): node is Scalar {
  return isScalarNode(node) && node.anchor === undefined;
}

export function valueAt(root: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (found, key) =>
      typeof found === 'object' && found !== null && Object.hasOwn(found, key)
        ? (found as Record<string, unknown>)[key]
        : undefined,
    root,
  );
}

/** Returns what is wrong with a value that a person set. */
export function problemOfField(
  part: FieldPart,
  { value, isSet, isHidden, obstacle }: FieldState,
): FieldProblem | undefined {
  if (!isSet || isHidden || obstacle !== undefined) {
    return undefined;
  }
  const beyond = (
    rule: 'minimum' | 'maximum' | 'minLength' | 'maxLength',
    bound: number | undefined,
    breaks: (limit: number) => boolean,
  ): FieldProblem | undefined =>
    bound !== undefined && breaks(bound) ? { rule, bound } : undefined;
  switch (part.kind) {
    case 'text': {
      if (typeof value !== 'string') {
        return { rule: 'text' };
      }
      const length = [...value].length;
      return (
        beyond('minLength', part.minLength, limit => length < limit) ??
        beyond('maxLength', part.maxLength, limit => length > limit)
      );
    }
    case 'number':
      if (typeof value !== 'number') {
        return { rule: 'number' };
      }
      return part.isWhole && !Number.isInteger(value)
        ? { rule: 'whole' }
        : beyond('minimum', part.minimum, limit => value < limit) ??
            beyond('maximum', part.maximum, limit => value > limit);
    case 'flag':
      return typeof value === 'boolean' ? undefined : { rule: 'flag' };
    case 'choice':
      return part.options.some(option => option === value)
        ? undefined
        : { rule: 'options' };
    default:
      return undefined;
  }
}

/** Reads a number as a person types it. One that begins with 0 would be in base 8 for Helm, and is not meant here. */
export function numberIn(text: string): number | undefined {
  const value = Number(text);
  const isExact = !Number.isInteger(value) || Number.isSafeInteger(value);
  return /^[+-]?((0|[1-9]\d*)(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i.test(text.trim()) &&
    Number.isFinite(value) &&
    isExact
    ? value
    : undefined;
}

const PLAIN = /^[A-Za-z_][\w-]*$/;

/** Writes a path of keys as the portal does in its problems, such as `image.tag` or `hosts[0]."a.b"`. */
export function pathText(path: readonly string[]): string {
  return path.reduce((text, key) => {
    if (/^\d+$/.test(key)) {
      return `${text}[${key}]`;
    }
    const name = PLAIN.test(key) ? key : JSON.stringify(key);
    return text === '' ? name : `${text}.${name}`;
  }, '');
}

const MAX_SHOWN = 80;

/** Writes a value in one line, for people. */
export function inOneLine(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value) ?? '';
  const line = text.replace(/\s+/g, ' ');
  return line.length > MAX_SHOWN ? `${line.slice(0, MAX_SHOWN)}…` : line;
}

/** Returns whether a default is not worth showing. */
export function isEmpty(value: unknown): boolean {
  return typeof value === 'object' && value !== null
    ? Object.keys(value).length === 0
    : value === undefined || value === null || value === '';
}
