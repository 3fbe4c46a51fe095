import { LogLine } from '@berth/plugin-berth-common';
import { LineMerger, MergedLine } from './LineMerger';
import { TimedLine } from './LineSplitter';

const MAX_LINES = 1_000;
const MAX_BATCH = 256 * 1024;

export interface LogOutputOptions {
  /** From a line to the batch that has it, in milliseconds. */
  batch: number;
  /** Without a line, until the answer shows that it is alive, in milliseconds. */
  heartbeat: number;
  /** The size of the answer in characters. */
  maxSize: number;
  onLimit(): void;
  onError(error: unknown): void;
  /** Resolves once the person takes more. */
  write(line: LogLine): Promise<void>;
}

/**
 * Writes what several logs yield, in batches. What the person does not take stays at the API server: a source has
 * room only while few of its lines wait.
 */
export class LogOutput {
  readonly #options: LogOutputOptions;
  readonly #merger = new LineMerger();
  readonly #heartbeat: NodeJS.Timeout;
  #notes: LogLine[] = [];
  #waiters: (() => void)[] = [];
  #timer?: NodeJS.Timeout;
  #flushing?: Promise<void>;
  #stopped = false;
  #size = 0;
  #writtenAt = Date.now();

  constructor(options: LogOutputOptions) {
    this.#options = options;
    this.#heartbeat = setInterval(() => {
      if (Date.now() - this.#writtenAt >= options.heartbeat) {
        this.note({ type: 'heartbeat' });
      }
    }, options.heartbeat);
  }

  open(id: number): void {
    this.#merger.open(id, Date.now());
  }

  close(id: number): void {
    this.#merger.close(id);
    this.#schedule();
  }

  /** Resolves once there is room for more lines of the source. */
  async push(id: number, lines: TimedLine[]): Promise<void> {
    this.#merger.push(id, lines, Date.now());
    this.#schedule();
    while (!this.#merger.hasRoom(id) && !this.#stopped) {
      await new Promise<void>(resolve => {
        this.#waiters.push(resolve);
      });
    }
  }

  /** Writes something about a source. Its end and its waiting come after its lines. */
  note(line: LogLine): void {
    this.#notes.push(line);
    this.#schedule();
  }

  /** Writes what waits, and one last line. Nothing else may be written after it. */
  async finish(last: LogLine): Promise<void> {
    this.stop();
    await this.#flushing;
    // Nothing waits for the lines of a log that will not come any more.
    this.#merger.closeAll();
    while (this.#merger.waiting || this.#notes.length > 0) {
      await this.#flush();
    }
    await this.#options.write(last);
  }

  /** Ends without another line. */
  stop(): void {
    this.#stopped = true;
    clearInterval(this.#heartbeat);
    clearTimeout(this.#timer);
    this.#wake();
  }

  #schedule() {
    if (this.#stopped) {
      return;
    }
    this.#timer ??= setTimeout(() => {
      this.#flushing = this.#flush()
        .catch(this.#options.onError)
        .finally(() => {
          this.#flushing = undefined;
          this.#timer = undefined;
          if (this.#merger.waiting || this.#notes.length > 0) {
            this.#schedule();
          }
        });
    }, this.#options.batch);
  }

  async #flush() {
    const lines = this.#merger.take(Date.now());
    const notes = this.#notes;
    const isLast = (line: LogLine) =>
      line.type === 'ended' || line.type === 'waiting';
    this.#notes = notes.filter(
      line => 'id' in line && isLast(line) && this.#merger.has(line.id!),
    );
    const due = notes.filter(line => !this.#notes.includes(line));
    for (const line of [
      ...due.filter(note => !isLast(note)),
      ...batchesOf(lines),
      ...due.filter(isLast),
    ]) {
      await this.#write(line);
    }
    this.#wake();
  }

  #wake() {
    const waiters = this.#waiters;
    this.#waiters = [];
    waiters.forEach(wake => wake());
  }

  async #write(line: LogLine) {
    if (this.#size > this.#options.maxSize) {
      return;
    }
    this.#size += sizeOf(line);
    if (this.#size > this.#options.maxSize) {
      this.#options.onLimit();
      return;
    }
    this.#writtenAt = Date.now();
    await this.#options.write(line);
  }
}

function sizeOf(line: LogLine): number {
  return line.type === 'lines'
    ? line.lines.reduce(
        (sum, [, time, text]) => sum + time.length + text.length + 10,
        0,
      )
    : 0;
}

/** Divides lines so that no line of the answer is large. */
function* batchesOf(
  lines: MergedLine[],
): Generator<Extract<LogLine, { type: 'lines' }>> {
  let batch: [number, string, string][] = [];
  let size = 0;
  for (const { source, time, text } of lines) {
    batch.push([source, time, text]);
    size += text.length;
    if (batch.length >= MAX_LINES || size >= MAX_BATCH) {
      yield { type: 'lines', lines: batch };
      batch = [];
      size = 0;
    }
  }
  if (batch.length > 0) {
    yield { type: 'lines', lines: batch };
  }
}
