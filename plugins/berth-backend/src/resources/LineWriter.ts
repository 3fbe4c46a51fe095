import { Response } from 'express';
import { once } from 'node:events';
import { Writable } from 'node:stream';
import { constants, createGzip, type Gzip } from 'node:zlib';

/** A person who takes nothing for this long, in milliseconds, gets no more. */
const STALL_TIMEOUT = 60_000;

/**
 * Writes an answer of JSON objects, one on each line, at once and as fast as the person takes them. The writer
 * compresses the answer itself, because the compression of the portal leaves this media type out.
 */
export class LineWriter {
  readonly #response: Response;
  readonly #gone = new AbortController();
  #target?: Writable;
  #gzip?: Gzip;
  #flushing = false;
  #drained?: Promise<void>;

  /** The answer starts with the first line. */
  constructor(response: Response) {
    this.#response = response;
    response.once('close', () => this.#gone.abort());
    if (response.destroyed) {
      this.#gone.abort();
    }
  }

  /** Is aborted when the person goes. */
  get signal(): AbortSignal {
    return this.#gone.signal;
  }

  /** @throws Error if the person went, or takes nothing */
  async write(line: object): Promise<void> {
    this.signal.throwIfAborted();
    this.#target ??= this.#start();
    const taken = this.#target.write(`${JSON.stringify(line)}\n`);
    if (this.#gzip) {
      this.#flush(this.#gzip);
    }
    if (!taken) {
      // All lines that are written at the same time wait together.
      this.#drained ??= drained(this.#target, this.signal).finally(() => {
        this.#drained = undefined;
      });
      await this.#drained;
    }
  }

  end(): void {
    (this.#target ?? this.#response).end();
  }

  /** Ends the connection without the end of the answer, which shows that the answer is not complete. */
  breakOff(): void {
    this.#response.destroy();
  }

  #start(): Writable {
    const response = this.#response;
    response.status(200);
    startStream(response, 'application/x-ndjson');
    response.vary('Accept-Encoding');
    if (!response.req.acceptsEncodings('gzip')) {
      return response;
    }
    response.setHeader('Content-Encoding', 'gzip');
    const gzip = createGzip({ level: constants.Z_BEST_SPEED });
    this.signal.addEventListener('abort', () => gzip.destroy());
    gzip.pipe(response);
    this.#gzip = gzip;
    return gzip;
  }

  /** Compression holds lines back. The lines of one turn are sent together. */
  #flush(gzip: Gzip): void {
    if (!this.#flushing) {
      this.#flushing = true;
      setImmediate(() => {
        this.#flushing = false;
        if (!gzip.destroyed && !gzip.writableEnded) {
          gzip.flush(constants.Z_SYNC_FLUSH);
        }
      });
    }
  }
}

/** Sets the headers that keep what is between the portal and the person from collecting an answer. */
export function startStream(response: Response, type: string): void {
  response.setHeader('Content-Type', `${type}; charset=utf-8`);
  response.setHeader('Cache-Control', 'no-store, no-transform');
  response.setHeader('X-Accel-Buffering', 'no');
  response.setHeader('X-Content-Type-Options', 'nosniff');
}

/**
 * Resolves once the person takes more.
 *
 * @throws Error if the person went, or takes nothing
 */
export async function writeSome(
  target: Writable,
  part: string | Uint8Array,
  signal: AbortSignal,
): Promise<void> {
  signal.throwIfAborted();
  if (!target.write(part)) {
    await drained(target, signal);
  }
}

async function drained(target: Writable, signal: AbortSignal): Promise<void> {
  const stalled = new AbortController();
  const timer = setTimeout(() => stalled.abort(), STALL_TIMEOUT);
  try {
    await once(target, 'drain', {
      signal: AbortSignal.any([signal, stalled.signal]),
    });
  } finally {
    clearTimeout(timer);
  }
}
