/** The size of a line in bytes, from which on the rest of the line is dropped. */
export const MAX_LINE_BYTES = 256 * 1024;

export const CUT_MARK = ' … [cut: the line is longer than 256 KiB]';

const NEWLINE = 0x0a;
/** The longest time that an API server writes, with an offset. */
const MAX_TIME = 40;
const TIME =
  /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?(Z|[+-]\d\d:\d\d)$/;

/** As the kubelet writes times. */
const CANONICAL = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z$/;

export interface TimedLine {
  /** RFC 3339 in UTC with nine digits of fractions, so that times compare as text. Empty if the line has none. */
  time: string;
  text: string;
}

/** Splits the bytes of a log with timestamps into lines. It holds at most one line, and of a longer line only the start. */
export class LineSplitter {
  #parts: Uint8Array[] = [];
  #size = 0;
  #skipping = false;

  push(chunk: Buffer): TimedLine[] {
    const lines: TimedLine[] = [];
    let start = 0;
    while (start < chunk.length) {
      const whole = this.#wholeLines(chunk, start);
      if (whole > start) {
        // To decode many lines at once takes a fraction of the time.
        for (const line of chunk
          .toString('utf8', start, whole - 1)
          .split('\n')) {
          lines.push(readLine(line));
        }
        start = whole;
      } else {
        start = this.#pushPart(chunk, start, lines);
      }
    }
    return lines;
  }

  /** Returns the last line of a log that does not end with a newline. */
  end(): TimedLine[] {
    return this.#size > 0 ? [readLine(this.#take())] : [];
  }

  /** Returns the end of lines that begin and end in a chunk, if none of them can be too long. */
  #wholeLines(chunk: Buffer, start: number): number {
    if (this.#skipping || this.#size > 0) {
      return start;
    }
    const end = chunk.lastIndexOf(NEWLINE) + 1;
    return end - start <= MAX_LINE_BYTES ? end : start;
  }

  /** Takes the bytes up to the next end of a line, and returns where the rest of the chunk begins. */
  #pushPart(chunk: Buffer, start: number, lines: TimedLine[]): number {
    const end = chunk.indexOf(NEWLINE, start);
    this.#add(chunk.subarray(start, end < 0 ? chunk.length : end), lines);
    if (end < 0) {
      return chunk.length;
    }
    if (!this.#skipping) {
      lines.push(readLine(this.#take()));
    }
    this.#skipping = false;
    return end + 1;
  }

  #add(part: Uint8Array, lines: TimedLine[]) {
    if (this.#skipping || part.length === 0) {
      return;
    }
    const room = MAX_LINE_BYTES - this.#size;
    this.#parts.push(part.subarray(0, room));
    this.#size += Math.min(part.length, room);
    if (part.length > room) {
      const { time, text } = readLine(this.#take());
      lines.push({ time, text: `${text}${CUT_MARK}` });
      this.#skipping = true;
    }
  }

  #take(): string {
    // Bytes that are not UTF-8 become U+FFFD.
    const text = Buffer.concat(this.#parts).toString('utf8');
    this.#parts = [];
    this.#size = 0;
    return text;
  }
}

function readLine(line: string): TimedLine {
  const whole = line.endsWith('\r') ? line.slice(0, -1) : line;
  const space = whole.slice(0, MAX_TIME).indexOf(' ');
  const time = canonicalTime(space < 0 ? whole : whole.slice(0, space));
  if (time === undefined) {
    return { time: '', text: whole };
  }
  return { time, text: space < 0 ? '' : whole.slice(space + 1) };
}

/** @returns undefined for text that is not a time */
export function canonicalTime(text: string): string | undefined {
  if (CANONICAL.test(text)) {
    return text;
  }
  const [, seconds, fraction = '', zone] = TIME.exec(text) ?? [];
  if (seconds === undefined) {
    return undefined;
  }
  const digits = fraction.padEnd(9, '0');
  if (zone === 'Z') {
    return `${seconds}.${digits}Z`;
  }
  const moment = Date.parse(`${seconds}${zone}`);
  return Number.isNaN(moment)
    ? undefined
    : `${new Date(moment).toISOString().slice(0, 19)}.${digits}Z`;
}
