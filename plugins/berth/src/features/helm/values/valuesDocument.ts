import {
  Document,
  isAlias,
  isCollection,
  isMap,
  isNode,
  isScalar,
  isSeq,
  Node,
  Pair,
  parseDocument,
  ParsedNode,
  Scalar,
  stringify,
  YAMLMap,
} from 'yaml';
import { KUBERNETES_YAML } from '../../../kit/code/kubernetesYaml';

const MAX_ALIASES = 100;
const MERGE_KEY = '<<';
/** A longer text takes so long that a person notices it at each key. */
const MAX_LENGTH = 100_000;

/** Why a form cannot change a value: it is shared by an alias, or has another form than the schema. */
export type Obstacle = 'shared' | 'other';

/** The values that a person wrote. */
export interface Values {
  /** Without what the text has in other forms than JSON. */
  root: unknown;
  document: Document.Parsed<ParsedNode>;
}

/** Values that can be changed by a form, or why they cannot. */
export type ReadValues =
  | Values
  | { problem: 'invalid' | 'several' | 'other' | 'long' };

/** Reads the values that a person writes. */
export function readValues(text: string): ReadValues {
  if (text.length > MAX_LENGTH) {
    return { problem: 'long' };
  }
  const document = parseDocument(text, KUBERNETES_YAML);
  const [error] = document.errors;
  if (error) {
    return { problem: error.code === 'MULTIPLE_DOCS' ? 'several' : 'invalid' };
  }
  const { contents } = document;
  if (!isMap(contents) && !isNothing(contents)) {
    return { problem: 'other' };
  }
  try {
    return { root: document.toJS({ maxAliasCount: MAX_ALIASES }), document };
  } catch {
    return { problem: 'invalid' };
  }
}

/** Returns what a person wrote at a path. */
export function nodeAt(
  { document }: Values,
  path: readonly string[],
): Node | null | undefined {
  let node: unknown = document.contents;
  for (const key of path) {
    const pair = pairIn(node, key);
    if (!pair) {
      return undefined;
    }
    node = pair.value;
  }
  return isNode(node) ? node : null;
}

/** Returns why a form cannot change the value at a path. */
export function obstacleAt(
  { document }: Values,
  path: readonly string[],
): Obstacle | undefined {
  let node: unknown = document.contents;
  for (const key of path) {
    if (isNothing(node)) {
      return undefined;
    }
    if (!isMap(node)) {
      return isAlias(node) ? 'shared' : 'other';
    }
    if (node.anchor !== undefined) {
      return 'shared';
    }
    const pair = pairIn(node, key);
    if (!pair) {
      return undefined;
    }
    node = pair.value;
  }
  return isAlias(node) || hasAnchor(node) ? 'shared' : undefined;
}

/** Returns the line of a value, or of the nearest that holds it; from 1 on. */
export function lineOf(text: string, path: readonly string[]): number {
  const values = readValues(text);
  if ('problem' in values) {
    return 1;
  }
  let node: unknown = values.document.contents;
  let offset = text.length;
  for (const key of path) {
    const pair = pairIn(node, key);
    if (!pair) {
      break;
    }
    offset = isNode(pair.key) ? pair.key.range?.[0] ?? offset : offset;
    node = pair.value;
  }
  return text.slice(0, offset).split('\n').length;
}

/**
 * Sets a value. Comments, the order of keys and everything else stay.
 *
 * @param values - without an obstacle at the path
 */
export function setValue(
  text: string,
  path: readonly string[],
  value: unknown,
): string {
  const spliced = spliceScalar(text, path, value);
  if (spliced !== undefined) {
    return spliced;
  }
  return changed(text, document => {
    const map = mapAt(document, path.slice(0, -1));
    const key = path[path.length - 1];
    const pair = pairIn(map, key);
    if (!pair) {
      map.items.push(pairOf(document, key, value));
      return;
    }
    const node = document.createNode(value);
    const former = pair.value;
    if (isSeq(former) && isSeq(node)) {
      mergeItems(former.items, node.items);
      return;
    }
    if (isNode(former) && isNode(node)) {
      const isList = isCollection(node);
      node.commentBefore = isList
        ? joined(former.commentBefore, former.comment)
        : former.commentBefore;
      node.comment = isList ? undefined : former.comment;
    }
    pair.value = node;
  });
}

/** Removes a value, and the objects that are empty without it. Comments before it stay. */
export function removeValue(text: string, path: readonly string[]): string {
  return changed(text, document => remove(document, path));
}

function remove(document: Document, path: readonly string[]): void {
  if (path.length === 0) {
    keepComments(document);
    return;
  }
  const parent = path
    .slice(0, -1)
    .reduce<unknown>(
      (node, name) => pairIn(node, name)?.value,
      document.contents,
    );
  const key = path[path.length - 1];
  const pair = pairIn(parent, key);
  if (!pair || !isMap(parent)) {
    return;
  }
  const index = parent.items.indexOf(pair);
  parent.items.splice(index, 1);
  const comment = isNode(pair.key) ? pair.key.commentBefore : undefined;
  if (typeof comment === 'string') {
    const next = parent.items[index]?.key;
    if (isNode(next)) {
      next.commentBefore = joined(comment, next.commentBefore);
    } else {
      parent.comment = joined(comment, parent.comment);
    }
  }
  if (parent.items.length === 0 && (!parent.comment || path.length === 1)) {
    remove(document, path.slice(0, -1));
  }
}

/** A text of comments only. */
function keepComments(document: Document): void {
  const { contents } = document;
  const comment = isNode(contents)
    ? joined(contents.commentBefore, contents.comment)
    : undefined;
  document.commentBefore = joined(document.commentBefore, comment) ?? null;
  document.contents = null;
}

function joined(
  before: string | null | undefined,
  after: string | null | undefined,
): string | undefined {
  return [before, after].filter(Boolean).join('\n') || undefined;
}

/** Replaces the text of one value, so that the rest stays as it is written. */
function spliceScalar(
  text: string,
  path: readonly string[],
  value: unknown,
): string | undefined {
  const values = readValues(text);
  if ('problem' in values || typeof value === 'object') {
    return undefined;
  }
  const node = nodeAt(values, path);
  if (!isScalar(node) || !node.range || isBlock(node)) {
    return undefined;
  }
  const [start, end] = node.range;
  const written = stringify(value, {
    ...KUBERNETES_YAML,
    lineWidth: 0,
    blockQuote: false,
    ...(node.type === 'QUOTE_SINGLE' && { singleQuote: true }),
  }).trimEnd();
  const spliced = `${text.slice(0, start)}${
    start === end ? ' ' : ''
  }${written}${text.slice(end)}`;
  node.value = value;
  return isSame(readValues(spliced), values) ? spliced : undefined;
}

function isBlock({ type }: Scalar): boolean {
  return type === 'BLOCK_FOLDED' || type === 'BLOCK_LITERAL';
}

/** Writes a document again after a change, in the form that the text has. */
function changed(text: string, change: (document: Document) => void): string {
  const values = readValues(text);
  if ('problem' in values) {
    throw new Error('The text is not valid YAML');
  }
  const document: Document = values.document;
  change(document);
  if (document.contents === null && !document.commentBefore) {
    return '';
  }
  const write = (nullStr: string) =>
    document.toString({
      lineWidth: 0,
      indentSeq: !/^( *)[^\s#-][^\n]*:[ \t]*\n\1- /m.test(text),
      flowCollectionPadding: !/[{[][^\s}\]]/.test(text),
      nullStr,
    });
  let written = write('');
  if (!isSame(readValues(written), values)) {
    // In a list in one line, nothing between two commas is no item.
    written = write('null');
  }
  if (document.contents === null) {
    written = `${written.trimEnd()}\n`;
  }
  // A form must not break the text, as without a value that an alias names.
  return 'problem' in readValues(written) ? text : written;
}

/** Returns the object at a path, which is made where it is missing. */
function mapAt(document: Document, path: readonly string[]): YAMLMap {
  if (!isMap(document.contents)) {
    const { comment } = document;
    if (comment) {
      document.commentBefore = joined(document.commentBefore, comment) ?? null;
      document.comment = null;
    }
    document.contents = new YAMLMap(document.schema) as never;
  }
  let map = document.contents as unknown as YAMLMap;
  for (const key of path) {
    const pair = pairIn(map, key);
    const found = pair?.value;
    if (isMap(found)) {
      map = found;
    } else {
      const made = new YAMLMap(document.schema);
      if (pair) {
        if (isNode(found)) {
          made.commentBefore = joined(found.commentBefore, found.comment);
        }
        pair.value = made;
      } else {
        map.items.push(pairOf(document, key, made));
      }
      map = made;
    }
  }
  // Written in one line, an empty object would stay in one line with its new values.
  if (map.items.length === 0) {
    map.flow = false;
  }
  return map;
}

/** Items at the begin and at the end that stay keep their comments. */
function mergeItems(items: unknown[], wanted: unknown[]): void {
  const isSameItem = (one: unknown, other: unknown) =>
    isScalar(one) && isScalar(other) && one.value === other.value;
  let start = 0;
  while (
    start < Math.min(items.length, wanted.length) &&
    isSameItem(items[start], wanted[start])
  ) {
    start += 1;
  }
  let end = 0;
  while (
    end < Math.min(items.length, wanted.length) - start &&
    isSameItem(items[items.length - 1 - end], wanted[wanted.length - 1 - end])
  ) {
    end += 1;
  }
  items.splice(
    start,
    items.length - end - start,
    ...wanted.slice(start, wanted.length - end),
  );
}

/** Makes a pair whose key is text, also where the key without quotes would be a merge. */
function pairOf(document: Document, key: string, value: unknown): Pair {
  const name = document.createNode(key) as Scalar;
  if (key === MERGE_KEY) {
    name.type = 'QUOTE_DOUBLE';
  }
  return document.createPair(name, value);
}

function pairIn(node: unknown, key: string): Pair | undefined {
  return isMap(node)
    ? node.items.find(one => String(keyOf(one.key)) === key)
    : undefined;
}

function keyOf(key: unknown): unknown {
  return isScalar(key) ? key.value : key;
}

function isSame(one: ReadValues, other: Values): boolean {
  const wanted = other.document.toJS({ maxAliasCount: MAX_ALIASES });
  return 'root' in one && JSON.stringify(one.root) === JSON.stringify(wanted);
}

function isNothing(node: unknown): boolean {
  return node === null || (isScalar(node) && node.value === null);
}

function hasAnchor(node: unknown): boolean {
  return (isScalar(node) || isCollection(node)) && node.anchor !== undefined;
}
