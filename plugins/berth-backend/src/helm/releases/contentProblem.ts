import { ParserError, ParserPool } from '@berth/plugin-berth-node';
import { JsonRecord, valueAt } from '../../resources/objects/json';
import { isRecord } from '../../resources/values';
import { quoteUntrusted } from '../../text/quoteUntrusted';
import { StoredRevision } from './types';

const MAX_HEAP_MB = 256;
/** For a content of 32 MiB on a busy computer. */
const DEADLINE_MS = 30_000;
const IDLE_MS = 30_000;
const MAX_BYTES = 32 * 1024 * 1024;

/**
 * Reads of which release and revision a content is. Go finds the fields of a release in keys of any case, and JavaScript
 * does not, so helm could read a key "Hooks" that Berth does not see. Go merges the values of a key that comes twice, of
 * which JavaScript takes the last; helm never writes one.
 */
const PARSER = `function* (bytes, { jsoncParser, maxBytes }) {
  const { gunzipSync } = require('node:zlib');
  const { visit } = require(jsoncParser);
  const stored = Buffer.from(Buffer.from(bytes).toString('latin1'), 'base64');
  const isZipped = stored[0] === 0x1f && stored[1] === 0x8b;
  const json = isZipped
    ? gunzipSync(stored, { maxOutputLength: maxBytes })
    : stored;
  const text = json.toString('utf8');
  const release = JSON.parse(text);
  const keys = [];
  let isUnique = true;
  visit(text, {
    onObjectBegin: () => {
      keys.push(new Set());
    },
    onObjectProperty: key => {
      // Go reads a half of a surrogate pair as U+FFFD.
      const known = keys.at(-1);
      const size = known.size;
      isUnique &&= known.add(key.toWellFormed()).size > size;
    },
    onObjectEnd: () => {
      keys.pop();
    },
  });
  const { name, namespace, version, info, hooks } = release;
  const isPlain = value =>
    Object.keys(value ?? {}).every(
      key => key === key.normalize('NFKC').toLowerCase(),
    );
  const parts = [release, info, ...(Array.isArray(hooks) ? hooks : [])];
  yield isUnique && parts.every(isPlain) ? { name, namespace, version } : {};
}`;

const pool = new ParserPool({
  parser: PARSER,
  maxHeapMb: MAX_HEAP_MB,
  idleMs: IDLE_MS,
});

/**
 * Returns why the content of a Secret could be that of another revision than its labels name. The content is parsed in
 * another process, because a history has many, and anyone who may write Secrets can make them large.
 */
export async function contentProblem(
  secret: JsonRecord,
  { name, namespace, objectName, revision }: StoredRevision,
  signal: AbortSignal,
): Promise<string | undefined> {
  const data = valueAt(secret, 'data', 'release');
  const content = await read(typeof data === 'string' ? data : '', signal);
  if (
    isRecord(content) &&
    content.name === name &&
    content.namespace === namespace &&
    content.version === revision
  ) {
    return undefined;
  }
  return `The Secret ${quoteUntrusted(
    objectName,
  )} does not hold revision ${revision} of ${name}, as its labels say. helm could take the Secret for another revision: delete it first`;
}

/** Returns undefined for a content that cannot be read. */
async function read(data: string, signal: AbortSignal): Promise<unknown> {
  try {
    const job = {
      // The API server encodes the values of Secrets once more than Helm does.
      bytes: Buffer.from(data, 'base64'),
      settings: {
        jsoncParser: require.resolve('jsonc-parser'),
        maxBytes: MAX_BYTES,
      },
      deadlineMs: DEADLINE_MS,
      signal,
    };
    let content: unknown;
    // To the end, so that the process is kept for the next content.
    for await (const part of pool.run(job)) {
      content = part;
    }
    return content;
  } catch (error) {
    if (error instanceof ParserError) {
      return undefined;
    }
    throw error;
  }
}
