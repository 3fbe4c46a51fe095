import { ParserError } from './ParserError';
import { ParserProcess } from './ParserProcess';
import { programOf } from './program';

/**
 * What all jobs of a `ParserPool` share.
 *
 * @public
 */
export interface ParserOptions {
  /**
   * An expression of JavaScript: a generator function of the bytes and the settings of a job, which yields the parts of
   * the answer. It is code in a text, or `require("…")` of an absolute path. Each part should be below 4 MiB, because
   * the event loop reads it in one turn.
   */
  parser: string;
  /** The heap of the process. A text that needs more ends the process, and nothing else. */
  maxHeapMb: number;
  /** How long a process without a job is kept for the next one; by default, each job has a process of its own. */
  idleMs?: number;
}

/**
 * A text to parse.
 *
 * @public
 */
export interface ParserJob {
  bytes: Uint8Array;
  /** Values that the structured clone algorithm copies. */
  settings?: unknown;
  /** For each part of the answer. */
  deadlineMs: number;
  signal?: AbortSignal;
}

/**
 * Parses texts of strangers in processes of their own. The limits of a worker thread do not suffice: V8 ends the whole
 * process if the heap of a thread is full in `JSON.parse` or in a regular expression.
 *
 * @public
 */
export class ParserPool {
  readonly #program: string;
  readonly #maxHeapMb: number;
  readonly #idleMs: number;
  #idle?: ParserProcess;
  #timer?: NodeJS.Timeout;

  constructor({ parser, maxHeapMb, idleMs = 0 }: ParserOptions) {
    this.#program = programOf(parser);
    this.#maxHeapMb = maxHeapMb;
    this.#idleMs = idleMs;
  }

  /**
   * Yields the parts of the answer. While the caller works on a part, the process works on the next one.
   *
   * @throws ParserError, or the reason of the signal
   */
  async *run(job: ParserJob): AsyncGenerator<unknown> {
    const { bytes, settings, deadlineMs, signal } = job;
    signal?.throwIfAborted();
    const parser = this.#take();
    let finished = false;
    try {
      await parser.start(bytes, settings, deadlineMs);
      for (;;) {
        const { part } = await parser.answer(deadlineMs, signal);
        if (part === undefined) {
          finished = true;
          return;
        }
        await parser.ask(deadlineMs);
        yield part;
      }
    } finally {
      if (finished) {
        this.#keep(parser);
      } else {
        parser.kill();
      }
    }
  }

  #take(): ParserProcess {
    clearTimeout(this.#timer);
    const idle = this.#idle;
    this.#idle = undefined;
    if (idle && !idle.ended) {
      return idle;
    }
    try {
      return new ParserProcess(this.#program, this.#maxHeapMb);
    } catch {
      throw new ParserError('NotStarted');
    }
  }

  #keep(parser: ParserProcess) {
    if (this.#idleMs === 0 || this.#idle) {
      parser.kill();
      return;
    }
    this.#idle = parser;
    this.#timer = setTimeout(() => {
      this.#idle = undefined;
      parser.kill();
    }, this.#idleMs).unref();
  }
}
