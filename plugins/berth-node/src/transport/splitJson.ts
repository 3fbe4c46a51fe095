import { ParserError, ParserPool } from '../parsing';

const MAX_HEAP_MB = 512;
/** Parsing is stopped after this time. */
const DEADLINE_MS = 10_000;
/** A process without work ends after this time. */
const IDLE_MS = 30_000;

/** A piece of a large JSON text, small enough to parse without blocking the event loop. */
export interface JsonPiece {
  /**
   * First the JSON without the elements of the array `items`, then JSON arrays, each with some of these elements, in
   * order. Undefined if it would have more characters than allowed; it is the last piece then.
   */
  text?: string;
  /** In the first piece, the number of elements of `items`; undefined if `items` is not an array. */
  count?: number;
}

export interface SplitLimits {
  /** If there are more elements, they are counted but not returned. */
  maxItems: number;
  /** Of one piece. */
  maxCharacters: number;
}

/** The parser yields the first piece, and then several at a time. */
const PARSER = `function* (bytes, { maxItems, maxCharacters }) {
  const BATCH = 64 * 1024;
  const BATCHES = 8;
  const bounded = text => (text.length > maxCharacters ? undefined : text);
  const value = JSON.parse(bytes.toString('utf8'));
  const items = value === null ? undefined : value.items;
  if (!Array.isArray(items)) {
    yield [{ text: bounded(JSON.stringify(value)) }];
    return;
  }
  yield [
    {
      text: bounded(JSON.stringify({ ...value, items: [] })),
      count: items.length,
    },
  ];
  let pieces = [];
  let batch = [];
  let size = 0;
  for (const item of items.length > maxItems ? [] : items) {
    const text = JSON.stringify(item);
    batch.push(text);
    size += text.length;
    if (size > BATCH) {
      pieces.push({ text: bounded('[' + batch.join(',') + ']') });
      if (pieces.length === BATCHES || size > BATCH * BATCHES) {
        yield pieces;
        pieces = [];
      }
      batch = [];
      size = 0;
    }
  }
  yield [...pieces, { text: '[' + batch.join(',') + ']' }];
}`;

const pool = new ParserPool({
  parser: PARSER,
  maxHeapMb: MAX_HEAP_MB,
  idleMs: IDLE_MS,
});

/** Lets one text at a time be split. The servers take turns, so that one server cannot delay the others. */
class Turns {
  readonly #waiting = new Map<string, (() => void)[]>();
  #taken = false;

  async take(server: string): Promise<void> {
    if (!this.#taken) {
      this.#taken = true;
      return;
    }
    await new Promise<void>(resolve => {
      const others = this.#waiting.get(server) ?? [];
      this.#waiting.set(server, [...others, resolve]);
    });
  }

  /** Gives the turn to the oldest text of the next server. */
  give(): void {
    for (const [server, [next, ...others]] of this.#waiting) {
      this.#waiting.delete(server);
      if (others.length > 0) {
        this.#waiting.set(server, others);
      }
      next();
      return;
    }
    this.#taken = false;
  }
}

const turns = new Turns();

/**
 * Splits a large JSON text in another process.
 *
 * @param server - the server that sent the text
 * @throws SyntaxError if the text is not JSON; ParserError if parsing takes too much memory or time
 */
export async function* splitJson(
  server: string,
  bytes: Uint8Array,
  limits: SplitLimits,
): AsyncGenerator<JsonPiece> {
  await turns.take(server);
  try {
    const job = { bytes, settings: limits, deadlineMs: DEADLINE_MS };
    for await (const pieces of pool.run(job)) {
      yield* pieces as JsonPiece[];
    }
  } catch (error) {
    throw error instanceof ParserError && error.reason === 'Thrown'
      ? new SyntaxError('The text is not JSON')
      : error;
  } finally {
    turns.give();
  }
}
