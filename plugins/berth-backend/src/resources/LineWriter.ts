import { Response } from 'express';

/** A person who takes nothing for this long, in milliseconds, gets no more. */
const STALL_TIMEOUT = 60_000;

/** Writes an answer of JSON objects, one on each line, as fast as the person takes them. */
export class LineWriter {
  readonly #response: Response;
  readonly #gone = new AbortController();

  /** Starts the answer. */
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
    const response = this.#response;
    if (!response.headersSent) {
      response.status(200);
      startStream(response, 'application/x-ndjson');
    }
    await writeSome(response, `${JSON.stringify(line)}\n`, this.signal);
    // The compression of the portal keeps what is written until it is enough.
    (response as { flush?: () => void }).flush?.();
  }

  end(): void {
    this.#response.end();
  }
}

/** Sets the headers that keep what is between the portal and the person from collecting an answer. */
export function startStream(response: Response, type: string): void {
  response.setHeader('Content-Type', `${type}; charset=utf-8`);
  response.setHeader('Cache-Control', 'no-store, no-transform');
  response.setHeader('X-Accel-Buffering', 'no');
  response.setHeader('X-Content-Type-Options', 'nosniff');
}

/** Resolves once the person takes more. */
export async function writeSome(
  response: Response,
  part: string | Uint8Array,
  signal: AbortSignal,
): Promise<void> {
  signal.throwIfAborted();
  if (response.write(part)) {
    return;
  }
  await new Promise<void>((resolve, reject) => {
    const settle = (error?: Error) => {
      clearTimeout(timer);
      response.off('drain', onDrain);
      signal.removeEventListener('abort', onAbort);
      if (error) {
        reject(error);
      } else {
        resolve();
      }
    };
    const onDrain = () => settle();
    const onAbort = () => settle(new Error('The receiver is gone'));
    const timer = setTimeout(
      () => settle(new Error('The receiver takes nothing')),
      STALL_TIMEOUT,
    );
    response.on('drain', onDrain);
    signal.addEventListener('abort', onAbort);
  });
}
