/** The lines of a chunk, and the size from which on it is closed. */
const CHUNK_LINES = 2_000;
const CHUNK_SIZE = 1024 * 1024;

/** A line as it arrives: the index of its source, its time and its text. */
export type IncomingLine = readonly [
  source: number,
  time: string,
  text: string,
];

/** Lines that follow each other. An open chunk grows; a closed one is a single text. */
export interface Chunk {
  /** The number of its first line. */
  readonly first: number;
  count: number;
  size: number;
  readonly sources: Uint16Array;
  /** In milliseconds since the epoch; NaN for a line without a time. */
  readonly times: Float64Array;
  /** The lines while the chunk is open. */
  open?: string[];
  text: string;
  /** Where the lines of the text start, and its end. */
  starts: Uint32Array;
}

export interface LogStoreLimits {
  lines: number;
  /** In characters. */
  size: number;
}

export const DEFAULT_LIMITS: LogStoreLimits = {
  lines: 100_000,
  size: 64 * 1024 * 1024,
};

/**
 * Holds the lines of a log as a few large texts, with no object for a line. Lines have numbers that they keep when
 * older ones are dropped.
 */
export class LogStore {
  readonly #limits: LogStoreLimits;
  readonly #chunks: Chunk[] = [];
  #first = 0;
  #end = 0;
  #size = 0;

  constructor(limits: LogStoreLimits = DEFAULT_LIMITS) {
    this.#limits = limits;
  }

  /** The number of the oldest line that is held, which is also the number of the dropped ones. */
  get first(): number {
    return this.#first;
  }

  /** The number of the next line. */
  get end(): number {
    return this.#end;
  }

  get length(): number {
    return this.#end - this.#first;
  }

  /** The chunks, the oldest first. */
  get chunks(): readonly Chunk[] {
    return this.#chunks;
  }

  append(lines: readonly IncomingLine[]): void {
    for (const [source, time, text] of lines) {
      const chunk = this.#openChunk();
      chunk.sources[chunk.count] = source;
      chunk.times[chunk.count] = Date.parse(time);
      chunk.open!.push(text);
      chunk.count += 1;
      chunk.size += text.length;
      this.#size += text.length;
      this.#end += 1;
      if (chunk.count === CHUNK_LINES || chunk.size >= CHUNK_SIZE) {
        close(chunk);
      }
    }
    this.#drop();
  }

  text(line: number): string {
    const chunk = this.#chunkOf(line);
    const index = line - chunk.first;
    return chunk.open
      ? chunk.open[index]
      : chunk.text.slice(chunk.starts[index], chunk.starts[index + 1]);
  }

  source(line: number): number {
    const chunk = this.#chunkOf(line);
    return chunk.sources[line - chunk.first];
  }

  /** Returns milliseconds since the epoch, or NaN. */
  time(line: number): number {
    const chunk = this.#chunkOf(line);
    return chunk.times[line - chunk.first];
  }

  #openChunk(): Chunk {
    const last = this.#chunks[this.#chunks.length - 1];
    if (last?.open) {
      return last;
    }
    const chunk: Chunk = {
      first: this.#end,
      count: 0,
      size: 0,
      sources: new Uint16Array(CHUNK_LINES),
      times: new Float64Array(CHUNK_LINES),
      open: [],
      text: '',
      starts: new Uint32Array(0),
    };
    this.#chunks.push(chunk);
    return chunk;
  }

  /** Drops whole chunks, and always keeps the newest. */
  #drop() {
    let count = 0;
    while (
      count < this.#chunks.length - 1 &&
      (this.#end - this.#first - this.#chunks[count].count >=
        this.#limits.lines ||
        this.#size > this.#limits.size)
    ) {
      this.#first += this.#chunks[count].count;
      this.#size -= this.#chunks[count].size;
      count += 1;
    }
    this.#chunks.splice(0, count);
  }

  #chunkOf(line: number): Chunk {
    const { item: chunk } = findLast(this.#chunks, line, one => one.first);
    if (!chunk || line >= this.#end) {
      throw new RangeError(`Line ${line} is not held`);
    }
    return chunk;
  }
}

/** Returns the last item whose value is at most the given one. Values must ascend. */
export function findLast<Item>(
  items: ArrayLike<Item>,
  value: number,
  valueOf: (item: Item) => number,
): { item?: Item; index: number } {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (valueOf(items[middle]) <= value) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return { item: items[low - 1], index: low - 1 };
}

function close(chunk: Chunk) {
  const lines = chunk.open!;
  chunk.starts = new Uint32Array(lines.length + 1);
  let start = 0;
  lines.forEach((line, index) => {
    start += line.length;
    chunk.starts[index + 1] = start;
  });
  chunk.text = lines.join('');
  chunk.open = undefined;
}
