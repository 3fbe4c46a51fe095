import { CustomErrorBase } from '@backstage/errors';

/** A request that the proxy does not pass on, or an answer that it does not pass on. */
export class ProxyError extends CustomErrorBase {
  name = 'ProxyError' as const;
  readonly #statusCode: number;
  readonly #retryAfterSeconds?: number;

  /** @param message - for people, without secrets */
  constructor(
    statusCode: number,
    message: string,
    details: { retryAfterSeconds?: number } = {},
  ) {
    super(message);
    this.#statusCode = statusCode;
    this.#retryAfterSeconds = details.retryAfterSeconds;
  }

  /** Not a property of the error itself, because those are part of the answer. */
  get statusCode(): number {
    return this.#statusCode;
  }

  get retryAfterSeconds(): number | undefined {
    return this.#retryAfterSeconds;
  }
}
