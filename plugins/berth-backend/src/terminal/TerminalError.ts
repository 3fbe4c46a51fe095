import { CustomErrorBase } from '@backstage/errors';

/** A terminal that cannot be opened now. */
export class TerminalError extends CustomErrorBase {
  name = 'TerminalError' as const;
  readonly #statusCode: number;

  /** @param message - for people, without secrets */
  constructor(statusCode: number, message: string) {
    super(message);
    this.#statusCode = statusCode;
  }

  /** Not a property of the error itself, because those are part of the answer. */
  get statusCode(): number {
    return this.#statusCode;
  }
}
