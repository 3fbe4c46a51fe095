import { InputError } from '@backstage/errors';
import {
  CollectionTag,
  Document,
  LineCounter,
  parseAllDocuments,
  ScalarTag,
  YAMLError,
} from 'yaml';
import { isRecord } from '../values';
import { atField } from '../../text/fieldProblems';
import { quoteUntrusted } from '../../text/quoteUntrusted';
import { JsonRecord } from './json';

/** A document of YAML. */
export interface YamlDocument {
  /** The first line of the document. */
  line: number;
  value: JsonRecord;
}

const MAX_DEPTH = 200;
const MAX_ALIASES = 100;

/** `kubectl` reads these as text, or as the number that they look like in base 10. */
const NOT_IN_KUBECTL: ReadonlySet<string> = new Set([
  'tag:yaml.org,2002:binary',
  'tag:yaml.org,2002:omap',
  'tag:yaml.org,2002:pairs',
  'tag:yaml.org,2002:set',
  'tag:yaml.org,2002:timestamp',
]);
const SEXAGESIMAL = 'TIME';

/** The words never hold a part of the text, which may be the value of a Secret. */
const WORDS: Partial<Record<YAMLError['code'], string>> = {
  BAD_INDENT: 'The indentation does not fit',
  DUPLICATE_KEY: 'Keys of one object must be unique',
  MISSING_CHAR: 'A character is missing, such as a closing quote or bracket',
  MULTILINE_IMPLICIT_KEY: 'A key must be on one line',
  TAB_AS_INDENT: 'Indent with spaces, not with tabs',
  UNEXPECTED_TOKEN: 'This is not expected here',
};

/**
 * Parses YAML as `kubectl` does: by YAML 1.1, in which `0644` is an octal number and `no` is false, but without the
 * times and numbers in base 60 that `kubectl` does not know.
 *
 * @param field - the field of the request, for messages
 * @throws InputError with the lines; the message never holds a value of the text
 */
export function parseDocuments(text: string, field: string): YamlDocument[] {
  const lines = new LineCounter();
  const documents = composed(text, field, lines);
  const errors = documents.flatMap(document => document.errors);
  if (errors.length > 0) {
    throw atField(
      new InputError(
        errors
          .slice(0, 5)
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
      value: valueOf(document, field, line),
    }))
    .filter((entry): entry is YamlDocument => entry.value !== null);
}

function composed(
  text: string,
  field: string,
  lineCounter: LineCounter,
): Document.Parsed[] {
  try {
    const documents = parseAllDocuments(text, {
      version: '1.1',
      customTags: tags => tags.filter(isKnownToKubectl),
      lineCounter,
      logLevel: 'silent',
      prettyErrors: false,
      uniqueKeys: true,
    });
    return Array.isArray(documents) ? documents : [];
  } catch {
    throw unreadable(field);
  }
}

function isKnownToKubectl(tag: unknown): boolean {
  const { tag: name, format } = tag as CollectionTag & ScalarTag;
  return (
    typeof tag === 'string' ||
    !(NOT_IN_KUBECTL.has(name) || format === SEXAGESIMAL)
  );
}

function valueOf(
  document: Document.Parsed,
  field: string,
  line: number,
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
      new InputError(
        `${field} line ${line}: A document must be an object with apiVersion, kind and metadata`,
      ),
      field,
    );
  }
  assertPlain(value, field, line);
  return value;
}

/** Refuses keys that JavaScript does not treat as data, and depth that the API server refuses anyway. */
function assertPlain(root: unknown, field: string, line: number): void {
  const left = [{ value: root, depth: 0 }];
  for (let next = left.pop(); next; next = left.pop()) {
    const { value, depth } = next;
    if (typeof value !== 'object' || value === null) {
      continue;
    }
    const problem =
      (depth > MAX_DEPTH && `is more than ${MAX_DEPTH} levels deep`) ||
      (Object.hasOwn(value, '__proto__') &&
        `holds the key ${quoteUntrusted('__proto__')}, which is not allowed`);
    if (problem) {
      throw atField(
        new InputError(`${field} line ${line}: The document ${problem}`),
        field,
      );
    }
    for (const item of Object.values(value)) {
      left.push({ value: item, depth: depth + 1 });
    }
  }
}

function lineOf(document: Document.Parsed, lines: LineCounter): number {
  const [start] = document.contents?.range ?? document.range;
  return Math.max(lines.linePos(start).line, 1);
}

function sentenceOf(
  { code, pos: [start] }: YAMLError,
  field: string,
  lines: LineCounter,
): string {
  const { line, col } = lines.linePos(start);
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
