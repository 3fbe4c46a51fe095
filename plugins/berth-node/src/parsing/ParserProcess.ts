import { ChildProcess, Serializable, spawn } from 'node:child_process';
import { ParserError } from './ParserError';

const PIECE_BYTES = 1024 * 1024;
/** A timer that is later than this was delayed by a blocked event loop. */
const MOST_LATE_MS = 50;

/** An answer of the process; one without a part is the last. */
export interface ParserAnswer {
  part?: unknown;
  thrown?: boolean;
}

/** A process that parses. It gets nothing of the environment, and its output is not read. */
export class ParserProcess {
  readonly #child: ChildProcess;
  readonly #answers: ParserAnswer[] = [];
  #ended?: ParserError;
  #wake = () => {};

  constructor(program: string, maxHeapMb: number) {
    this.#child = spawn(
      process.execPath,
      [`--max-old-space-size=${maxHeapMb}`, '--eval', program],
      {
        env: {},
        serialization: 'advanced',
        stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
        windowsHide: true,
      },
    );
    this.#child.on('message', answer => {
      this.#answers.push(answer as ParserAnswer);
      this.#wake();
    });
    this.#child.on('error', () => {
      // The process may also be one that runs, and that a message did not reach.
      this.#end(
        new ParserError(this.#child.pid === undefined ? 'NotStarted' : 'Ended'),
      );
    });
    this.#child.on('exit', () => this.#end(new ParserError('Ended')));
    this.#child.unref();
    this.#child.channel?.unref();
  }

  get ended(): boolean {
    return this.#ended !== undefined;
  }

  /** Sends the bytes in pieces, so that the event loop has its turn between two of them, and asks for the first part. */
  async start(
    bytes: Uint8Array,
    settings: unknown,
    deadlineMs: number,
  ): Promise<void> {
    await this.#within(deadlineMs, async () => {
      const { byteLength: size } = bytes;
      let at = 0;
      do {
        const end = Math.min(size, at + PIECE_BYTES);
        await this.#send({
          ...(at === 0 && { size }),
          piece: bytes.subarray(at, end),
          ...(end === size && { settings, next: deadlineMs }),
        });
        at = end;
      } while (at < size);
    });
  }

  /** Asks for the next part of the answer. */
  async ask(deadlineMs: number): Promise<void> {
    await this.#send({ next: deadlineMs });
  }

  /**
   * Returns the next answer.
   *
   * @throws ParserError, or the reason of the signal
   */
  async answer(
    deadlineMs: number,
    signal?: AbortSignal,
  ): Promise<ParserAnswer> {
    const onAbort = () => this.#wake();
    signal?.addEventListener('abort', onAbort);
    try {
      await this.#within(deadlineMs, async () => {
        while (this.#answers.length === 0 && !this.#ended) {
          signal?.throwIfAborted();
          await new Promise<void>(resolve => {
            this.#wake = resolve;
          });
        }
      });
    } finally {
      signal?.removeEventListener('abort', onAbort);
    }
    signal?.throwIfAborted();
    const answer = this.#answers.shift();
    if (!answer || answer.thrown) {
      throw this.#ended ?? new ParserError('Thrown');
    }
    return answer;
  }

  async #within(deadlineMs: number, work: () => Promise<void>): Promise<void> {
    let timer: NodeJS.Timeout;
    const wait = (ms: number) => {
      const due = performance.now() + ms;
      timer = setTimeout(() => {
        // While the event loop was blocked, the portal could not read an answer that came in time.
        const blockedMs = performance.now() - due;
        if (blockedMs > MOST_LATE_MS) {
          wait(Math.min(blockedMs, deadlineMs));
        } else {
          this.#end(new ParserError('Deadline'));
        }
      }, ms);
    };
    wait(deadlineMs);
    try {
      await work();
    } finally {
      clearTimeout(timer!);
    }
  }

  kill(): void {
    this.#end(new ParserError('Ended'));
  }

  #end(reason: ParserError) {
    this.#ended ??= reason;
    this.#child.kill('SIGKILL');
    this.#wake();
  }

  /** A message that does not arrive is no error here: the process has ended, and the answer says so. */
  async #send(message: Serializable): Promise<void> {
    if (this.#child.connected && !this.#ended) {
      await new Promise<void>(resolve => {
        this.#wake = resolve;
        try {
          this.#child.send(message, () => resolve());
        } catch {
          // Settings that cannot be copied.
          this.#end(new ParserError('Thrown'));
        }
      });
    }
  }
}
