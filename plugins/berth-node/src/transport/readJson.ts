import { setImmediate } from 'node:timers/promises';
import { ParserError } from '../parsing';
import { JSON_TOO_COMPLEX, JsonScanner, scanJson } from './JsonScanner';
import { KubeError } from './KubeError';
import { JsonPiece, splitJson } from './splitJson';

/**
 * `reason` of the error for a body beyond the limit.
 *
 * @public
 */
export const RESPONSE_TOO_LARGE = 'ResponseTooLarge';
/**
 * `reason` of the error for a list with more items than requested.
 *
 * @public
 */
export const TOO_MANY_ITEMS = 'TooManyItems';

/** Larger texts are parsed in pieces, with the help of another process. */
const MAX_INLINE_BYTES = 256 * 1024;
/** The size of one object; etcd stores none above 1.5 MiB. */
const MAX_OBJECT_CHARACTERS = 4 * 1024 * 1024;

/** The headers that decide how to read a body. */
export interface BodyHeaders {
  'content-type'?: string | string[];
  'content-encoding'?: string | string[];
}

export interface JsonLimits {
  maxBytes: number;
  /** The maximum length of the array `items` of a list; unlimited by default. */
  maxItems?: number;
  /** Called with the size of each part as it arrives. It stops the reading by throwing. */
  meter?: (bytes: number) => void;
}

/**
 * Reads a JSON body of limited size. Requests ask for no compression, so a compressed body is refused unread: the
 * counted size must be the size in memory.
 *
 * @param server - host and port, for messages
 * @throws KubeError `Protocol`
 */
export async function readJson(
  body: AsyncIterable<Uint8Array>,
  headers: BodyHeaders,
  limits: JsonLimits,
  server: string,
): Promise<unknown> {
  assertPlainJson(headers, server);
  const scanner = new JsonScanner(server);
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.byteLength;
    limits.meter?.(chunk.byteLength);
    if (size > limits.maxBytes) {
      throw new KubeError(
        'Protocol',
        `${server} answers with more than ${limits.maxBytes} bytes`,
        { reason: RESPONSE_TOO_LARGE },
      );
    }
    scanner.push(chunk);
    chunks.push(chunk);
  }
  return parseScanned(Buffer.concat(chunks, size), server, limits.maxItems);
}

/**
 * Checks the headers of a body.
 *
 * @throws KubeError `Protocol` if the body is compressed or not JSON
 */
export function assertPlainJson(headers: BodyHeaders, server: string): void {
  const encoding = String(headers['content-encoding'] ?? 'identity');
  if (encoding.toLowerCase() !== 'identity') {
    throw new KubeError(
      'Protocol',
      `${server} compresses its answers (${encoding}) although it was asked not to`,
    );
  }
  const type = String(headers['content-type'] ?? '');
  if (!/^application\/json\b/i.test(type)) {
    throw new KubeError(
      'Protocol',
      `${server} answers with ${
        type || 'no content type'
      } instead of JSON; this is not the address of a Kubernetes API server`,
    );
  }
}

/**
 * @throws KubeError `Protocol` if the bytes are not JSON, or too complex
 * @public
 */
export async function parseJson(
  bytes: Uint8Array,
  server: string,
): Promise<unknown> {
  scanJson(bytes, server);
  return parseScanned(bytes, server);
}

async function parseScanned(
  bytes: Uint8Array,
  server: string,
  maxItems = Infinity,
): Promise<unknown> {
  if (bytes.byteLength <= MAX_INLINE_BYTES) {
    const value = parse(Buffer.from(bytes).toString('utf8'), server);
    assertItems(countItems(value), maxItems, server);
    return value;
  }
  const pieces = splitJson(server, bytes, {
    maxItems,
    maxCharacters: MAX_OBJECT_CHARACTERS,
  });
  try {
    return await joined(pieces, maxItems, server);
  } catch (error) {
    if (error instanceof SyntaxError) {
      throw malformed(server);
    }
    throw error instanceof ParserError ? unparsed(error, server) : error;
  }
}

function unparsed({ reason }: ParserError, server: string): Error {
  switch (reason) {
    case 'Deadline':
      return new KubeError(
        'Protocol',
        `${server} answers with JSON that takes too long to read`,
        { reason: JSON_TOO_COMPLEX },
      );
    case 'Ended':
      return new KubeError(
        'Protocol',
        `${server} answers with JSON that takes too much memory to read, or the process that reads it was killed`,
        { reason: JSON_TOO_COMPLEX },
      );
    default:
      // No fault of the server.
      return new Error(
        `The answer of ${server} was not read, because the portal cannot start the process that reads large JSON`,
      );
  }
}

async function joined(
  pieces: AsyncIterable<JsonPiece>,
  maxItems: number,
  server: string,
): Promise<unknown> {
  let value: unknown;
  let items: unknown[] | undefined;
  for await (const { text, count } of pieces) {
    if (items) {
      items.push(...(parse(text, server) as unknown[]));
    } else {
      assertItems(count, maxItems, server);
      value = parse(text, server);
      items = count === undefined ? undefined : [];
    }
    // Lets other work run between two pieces.
    await setImmediate();
  }
  return items ? { ...(value as object), items } : value;
}

/** @param text - undefined if it is too long */
function parse(text: string | undefined, server: string): unknown {
  if (text === undefined) {
    throw new KubeError(
      'Protocol',
      `${server} answers with an object of more than ${MAX_OBJECT_CHARACTERS} characters`,
      { reason: RESPONSE_TOO_LARGE },
    );
  }
  try {
    // An own property of this name would set the prototype of the object that it is later assigned to. Its letters
    // may be escaped; API servers themselves escape only < > &.
    return /__proto__|\\u00[5-7]/i.test(text)
      ? JSON.parse(text, (key, value) =>
          key === '__proto__' ? undefined : value,
        )
      : JSON.parse(text);
  } catch {
    throw malformed(server);
  }
}

function malformed(server: string): KubeError {
  return new KubeError('Protocol', `${server} answers with malformed JSON`);
}

function countItems(value: unknown): number | undefined {
  const items =
    typeof value === 'object' && value !== null && 'items' in value
      ? value.items
      : undefined;
  return Array.isArray(items) ? items.length : undefined;
}

function assertItems(count = 0, maxItems: number, server: string): void {
  if (count > maxItems) {
    throw new KubeError(
      'Protocol',
      `${server} was asked for at most ${maxItems} objects and answers with ${count}`,
      { reason: TOO_MANY_ITEMS },
    );
  }
}
