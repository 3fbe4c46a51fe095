import { MemoryStore, Options } from 'express-rate-limit';
import { ProxyError } from './ProxyError';

const WINDOW_MS = 60_000;

/** Limits how many requests a person sends in a minute, on each replica. */
export class RequestLimit {
  readonly #limit: number;
  readonly #store = new MemoryStore();

  constructor(limit: number) {
    this.#limit = limit;
    this.#store.init({ windowMs: WINDOW_MS } as Options);
  }

  /** @throws ProxyError with the time to wait */
  async count(person: string): Promise<void> {
    const { totalHits, resetTime } = await this.#store.increment(person);
    if (totalHits > this.#limit) {
      const wait = (resetTime?.getTime() ?? Date.now()) - Date.now();
      throw new ProxyError(
        429,
        `You sent more than ${
          this.#limit
        } requests through the portal in a minute; wait a moment and try again`,
        { retryAfterSeconds: Math.max(1, Math.ceil(wait / 1000)) },
      );
    }
  }
}
