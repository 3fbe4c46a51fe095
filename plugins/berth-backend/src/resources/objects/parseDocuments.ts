import { InputError } from '@backstage/errors';
import {
  Document,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  parseAllDocuments,
  ScalarTag,
  Tags,
  YAMLError,
} from 'yaml';
import { isRecord } from '../values';
import { atField } from '../../text/fieldProblems';
import { quoteUntrusted } from '../../text/quoteUntrusted';
import { JsonRecord } from './json';
import { KUBECTL_NUMBERS } from './kubectlNumbers';
import { mergeAsKubectl, MERGE_TAG } from './kubectlMerge';

/** A document of YAML. */
export interface YamlDocument {
  /** The first line of the document. */
  line: number;
  value: JsonRecord;
}

const MAX_DEPTH = 200;
const MAX_ALIASES = 100;
/** An alias repeats what it names, so that a short text can stand for a large object. */
const MAX_NODES = 100_000;
const MAX_TEXT = 3 * 1024 * 1024;
const MAX_ERRORS = 5;

/** `kubectl` reads these as text, or by rules of its own. */
const NOT_IN_KUBECTL: ReadonlySet<string> = new Set([
  'tag:yaml.org,2002:binary',
  'tag:yaml.org,2002:float',
  'tag:yaml.org,2002:int',
  'tag:yaml.org,2002:omap',
  'tag:yaml.org,2002:pairs',
  'tag:yaml.org,2002:set',
  'tag:yaml.org,2002:timestamp',
]);
/** A value of a tag of YAML that it does not fit, or that is not known: `kubectl` refuses it, or decodes it. */
const OF_YAML = /^Unresolved tag: tag:yaml\.org,2002:/;
/** Begin a line for `kubectl`, and not here: what follows one in a comment would be an object that nobody sees. */
const OTHER_BREAK = /\r(?!\n)|[\u0085\u2028\u2029]/;

/** The words never hold a part of the text, which may be the value of a Secret. */
const WORDS: Partial<Record<Problem['code'], string>> = {
  ALIASES: `The document uses its anchors more than ${MAX_ALIASES} times`,
  BAD_INDENT: 'The indentation does not fit',
  DUPLICATE_KEY: 'Keys of one object must be unique',
  MISSING_CHAR: 'A character is missing, such as a closing quote or bracket',
  KEY_FORM: 'A key must be a text',
  MULTILINE_IMPLICIT_KEY: 'A key must be on one line',
  TAB_AS_INDENT: 'Indent with spaces, not with tabs',
  OTHER_BREAK:
    'A carriage return without a line feed and the characters U+0085, U+2028 and U+2029 are not allowed: write them with an escape in double quotes',
  TAG_RESOLVE_FAILED:
    'The value is no number of JSON, or does not have the type of its tag: write a text in quotes',
  UNEXPECTED_TOKEN: 'This is not expected here',
};

type AnyTag = Tags[number];

/** What is wrong at a place of the text. */
interface Problem {
  code: YAMLError['code'] | 'ALIASES' | 'KEY_FORM' | 'OTHER_BREAK';
  at: number;
}

/**
 * Parses YAML as `kubectl` does: by YAML 1.1, in which `0644` is an octal number and `no` is false, but without the
 * times and numbers in base 60 that `kubectl` does not know. Where the two decoders could read different objects, the
 * text is read as `kubectl` does, or refused.
 *
 * @param field - the field of the request, for messages
 * @param options - `lastKeyWins`: accepts keys that an object has twice, as the decoder of Helm does;
 *   `must`: what a document must be, for messages
 * @throws InputError with the lines; the message never holds a value of the text
 */
export function parseDocuments(
  text: string,
  field: string,
  {
    lastKeyWins = false,
    must = 'be an object with apiVersion, kind and metadata',
  } = {},
): YamlDocument[] {
  const lines = new LineCounter();
  const documents = composed(text, field, lines);
  const errors = problemsIn(documents, text, lastKeyWins);
  if (errors.length > 0) {
    throw atField(
      new InputError(
        errors
          .slice(0, MAX_ERRORS)
          .map(error => sentenceOf(error, field, lines))
          .join('; '),
      ),
      field,
    );
  }
  return documents
    .filter(({ contents }) => contents !== null)
    .map(document => ({ document, line: lineOf(document, lines) }))
    .map(({ document, line }) => ({
      line,
      value: valueOf(document, field, { line, must }),
    }))
    .filter((entry): entry is YamlDocument => entry.value !== null);
}

function problemsIn(
  documents: Document.Parsed[],
  text: string,
  lastKeyWins: boolean,
): Problem[] {
  const otherBreak = text.search(OTHER_BREAK);
  if (otherBreak >= 0) {
    return [{ code: 'OTHER_BREAK', at: otherBreak }];
  }
  const parsed = documents.flatMap(({ errors, warnings }) => [
    ...errors,
    ...warnings.filter(({ message }) => OF_YAML.test(message)),
  ]);
  return parsed.length > 0
    ? parsed.map(({ code, pos: [at] }) => ({ code, at }))
    : documents.flatMap(document => keyProblems(document, lastKeyWins));
}

function composed(
  text: string,
  field: string,
  lineCounter: LineCounter,
): Document.Parsed[] {
  try {
    const documents = withoutStacks(() =>
      parseAllDocuments(text, {
        version: '1.1',
        customTags: tags => [
          ...tags.filter(isKnownToKubectl).map(asKubectl),
          ...KUBECTL_NUMBERS,
        ],
        lineCounter,
        logLevel: 'silent',
        prettyErrors: false,
        // The library compares each key with all others. `keyProblems` finds equal keys.
        uniqueKeys: false,
      }),
    );
    return Array.isArray(documents) ? documents : [];
  } catch {
    throw unreadable(field);
  }
}

/** A text may have an error at each character, and their stacks, which nobody reads, would take most of the time. */
function withoutStacks<T>(work: () => T): T {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    return work();
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

/**
 * Finds keys that an object has twice, keys that are no texts, and too many aliases: the time that the library takes to
 * convert these grows with the square of their number.
 */
function keyProblems(
  document: Document.Parsed,
  lastKeyWins: boolean,
): Problem[] {
  const problems: Problem[] = [];
  let aliases = 0;
  const left: unknown[] = [document.contents];
  while (left.length > 0 && problems.length < MAX_ERRORS) {
    const node = left.pop();
    if (isMap(node)) {
      const keys = new Set<unknown>();
      for (const { key, value } of node.items) {
        left.push(value);
        const at = positionOf(key);
        // With a tag, this key is not the merge key for `kubectl`.
        if (!isScalar(key) || (key.tag !== undefined && key.value === '<<')) {
          problems.push({ code: 'KEY_FORM', at });
        } else if (!lastKeyWins && keys.has(key.value)) {
          problems.push({ code: 'DUPLICATE_KEY', at });
        } else {
          keys.add(key.value);
        }
      }
    } else if (isSeq(node)) {
      node.items.forEach(item => left.push(item));
    } else if (isAlias(node) && ++aliases > MAX_ALIASES) {
      return [{ code: 'ALIASES', at: positionOf(node) }];
    }
  }
  return problems.sort((a, b) => a.at - b.at);
}

function positionOf(node: unknown): number {
  return isNode(node) ? node.range?.[0] ?? 0 : 0;
}

function isKnownToKubectl(tag: AnyTag): boolean {
  return typeof tag === 'string' || !NOT_IN_KUBECTL.has(tag.tag);
}

function asKubectl(tag: AnyTag): AnyTag {
  return typeof tag !== 'string' && tag.tag === MERGE_TAG
    ? mergeAsKubectl(tag as ScalarTag)
    : tag;
}

function valueOf(
  document: Document.Parsed,
  field: string,
  { line, must }: { line: number; must: string },
): JsonRecord | null {
  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: MAX_ALIASES });
  } catch (error) {
    if (!(error instanceof ReferenceError)) {
      throw unreadable(field);
    }
    throw atField(
      new InputError(
        `${field} line ${line}: The document uses ${
          error.message.startsWith('Excessive')
            ? `its anchors more than ${MAX_ALIASES} times`
            : 'an anchor that it does not define'
        }`,
      ),
      field,
    );
  }
  if (value === null || value === undefined) {
    return null;
  }
  if (!isRecord(value)) {
    throw atField(
      new InputError(`${field} line ${line}: A document must ${must}`),
      field,
    );
  }
  assertPlain(value, field, line);
  return value;
}

/**
 * Refuses keys that JavaScript does not treat as data, and the depth and size that the API server refuses anyway.
 * Aliases count as what they repeat.
 */
function assertPlain(root: unknown, field: string, line: number): void {
  const left = [{ value: root, depth: 0 }];
  let nodes = 0;
  let text = 0;
  for (let next = left.pop(); next; next = left.pop()) {
    const { value, depth } = next;
    nodes++;
    text += typeof value === 'string' ? value.length : 0;
    const isObject = typeof value === 'object' && value !== null;
    if (isObject && !Array.isArray(value)) {
      text += Object.keys(value).join('').length;
    }
    const problem =
      (nodes > MAX_NODES &&
        `holds more than ${MAX_NODES} values, with those that its aliases repeat`) ||
      (text > MAX_TEXT &&
        `holds more than ${
          MAX_TEXT / 1024 / 1024
        } MiB of text, with that which its aliases repeat`) ||
      (depth > MAX_DEPTH && `is more than ${MAX_DEPTH} levels deep`) ||
      (isObject &&
        Object.hasOwn(value, '__proto__') &&
        `holds the key ${quoteUntrusted('__proto__')}, which is not allowed`);
    if (problem) {
      throw atField(
        new InputError(`${field} line ${line}: The document ${problem}`),
        field,
      );
    }
    for (const item of isObject ? Object.values(value) : []) {
      left.push({ value: item, depth: depth + 1 });
    }
  }
}

function lineOf(document: Document.Parsed, lines: LineCounter): number {
  const [start] = document.contents?.range ?? document.range;
  return Math.max(lines.linePos(start).line, 1);
}

function sentenceOf(
  { code, at }: Problem,
  field: string,
  lines: LineCounter,
): string {
  const { line, col } = lines.linePos(at);
  return `${field} line ${line}, column ${col}: ${
    WORDS[code] ?? `This is not YAML (${code})`
  }`;
}

function unreadable(field: string): Error {
  return atField(
    new InputError(`${field} cannot be read as YAML: it is nested too deeply`),
    field,
  );
}
