import { plainText } from './ansi';
import { Chunk, findLast, LogStore } from './LogStore';

/** The most characters of a line that a page shows. */
export const MAX_SHOWN = 10_000;
const TAB = 4;
// eslint-disable-next-line no-control-regex -- a line without anything that needs a closer look
const SIMPLE = /^[\u0020-\u007e]*$/;
/** Characters that take two columns: CJK, Hangul, full-width forms and emoji. */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fff0}]/u;

/** Returns how many rows a line takes in a number of columns, where it may break between any two characters. */
export function rowsOf(line: string, columns: number): number {
  const text = SIMPLE.test(line) ? line : plainText(line);
  if (columns === Infinity) {
    return 1;
  }
  if (SIMPLE.test(text)) {
    return Math.max(1, Math.ceil(Math.min(text.length, MAX_SHOWN) / columns));
  }
  let rows = 1;
  let column = 0;
  for (const character of text.slice(0, MAX_SHOWN)) {
    let width = WIDE.test(character) ? 2 : 1;
    if (character === '\t') {
      width = TAB - (column % TAB);
    }
    if (column > 0 && column + width > columns) {
      rows += 1;
      column = 0;
    }
    column += width;
  }
  return rows;
}

interface ChunkRows {
  chunk: Chunk;
  /** The number of lines whose rows are counted. */
  count: number;
  /** The rows before each line of the chunk, and before the one after. */
  before: Uint32Array;
  /** The rows before the chunk, from the first line of the log on. */
  offset: number;
}

/**
 * Knows where the lines of a store are, counted in rows of the same height, for a width. Rows have numbers that they
 * keep when older lines are dropped.
 */
export class LineLayout {
  readonly #store: LogStore;
  readonly #columns: number;
  readonly #heading: number;
  #chunks: ChunkRows[] = [];
  #end = 0;

  /** @param heading - the rows of each line above its text */
  constructor(store: LogStore, columns: number, heading = 0) {
    this.#store = store;
    this.#columns = columns;
    this.#heading = heading;
    this.#end = store.first;
  }

  /** The number of the first row that is held. */
  get first(): number {
    return this.#chunks[0]?.offset ?? this.#end;
  }

  /** The number after the last row. */
  get end(): number {
    return this.#end;
  }

  /** Takes over what was appended and dropped. */
  update(): void {
    const { chunks } = this.#store;
    const kept = chunks[0]
      ? this.#chunks.findIndex(({ chunk }) => chunk === chunks[0])
      : this.#chunks.length;
    const rows = kept < 0 ? [] : this.#chunks.slice(kept);
    // If everything that was counted is dropped, the rows begin after it.
    let offset = rows[0]?.offset ?? this.#end;
    chunks.forEach((chunk, index) => {
      rows[index] ??= {
        chunk,
        count: 0,
        before: new Uint32Array(chunk.sources.length + 1),
        offset,
      };
      this.#count(rows[index]);
      offset = endOf(rows[index]);
    });
    this.#chunks = rows;
    this.#end = offset;
  }

  /** Returns the row at which a line starts. */
  rowOf(line: number): number {
    const { item: found } = findLast(
      this.#chunks,
      line,
      ({ chunk }) => chunk.first,
    );
    return found ? found.offset + found.before[line - found.chunk.first] : 0;
  }

  /** Returns the line that a row is part of. */
  lineAt(row: number): number {
    const { item: found } = findLast(
      this.#chunks,
      Math.max(row, this.first),
      ({ offset }) => offset,
    );
    if (!found) {
      return this.#store.first;
    }
    const { index } = findLast(
      found.before.subarray(0, found.count),
      row - found.offset,
      value => value,
    );
    return found.chunk.first + Math.max(0, index);
  }

  /** Counts the rows of the lines that were added to a chunk. */
  #count(rows: ChunkRows) {
    const { before, chunk } = rows;
    for (let index = rows.count; index < chunk.count; index += 1) {
      before[index + 1] =
        before[index] +
        this.#heading +
        (this.#columns === Infinity
          ? 1
          : rowsOf(this.#store.text(chunk.first + index), this.#columns));
    }
    rows.count = chunk.count;
  }
}

function endOf({ before, count, offset }: ChunkRows): number {
  return offset + before[count];
}
