import { ServerResponse } from 'node:http';

export interface PassOnOptions {
  /** The answer is broken off after this many bytes. */
  maxBytes: number;
  /** Ends the body; here it ends the waiting for the receiver. */
  signal: AbortSignal;
  /** A receiver that takes nothing for this long, in milliseconds, is given up. */
  stallTimeout: number;
}

/**
 * Writes a body to the person as fast as the person takes it: what is not taken stays at the sender.
 *
 * @throws Error if the body fails, exceeds its bound, or is not taken
 */
export async function passOn(
  body: AsyncIterable<Buffer>,
  response: ServerResponse,
  { maxBytes, signal, stallTimeout }: PassOnOptions,
): Promise<void> {
  let wake = () => {};
  // One listener for the whole answer: compression keeps each one.
  response.on('drain', () => wake());
  response.on('close', () => wake());
  signal.addEventListener('abort', () => wake());
  const taken = () =>
    new Promise<void>((resolve, reject) => {
      const timer = setTimeout(
        () => reject(new Error('The receiver takes nothing')),
        stallTimeout,
      );
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > maxBytes) {
      throw new Error('The answer is too large');
    }
    if (!response.write(chunk)) {
      if (response.destroyed) {
        return;
      }
      await taken();
    }
  }
  response.end();
}
